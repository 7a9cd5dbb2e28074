import * as Comlink from "comlink";
import { movedBuffers } from "./move.ts";
import { type Endpoint, packError, type UnhandledRejection } from "./protocol.ts";

/** What a worker offers: plain functions by name. */
export type Service = Readonly<Record<string, (...parameters: never[]) => unknown>>;

/**
 * Makes a service callable from the page. What a function gave away with `move` is transferred, errors travel as
 * data, a heartbeat is answered, and rejections that nobody awaited are reported to the page.
 * @param port the worker's own scope; a test gives a port instead
 */
export function serve(service: Service, port: Comlink.Endpoint = self as unknown as Comlink.Endpoint): void {
  const endpoint: Endpoint = {
    async call(method, parameters) {
      try {
        if (!Object.hasOwn(service, method)) throw new TypeError(`the service has no function ${method}`);
        const value: unknown = await Reflect.apply(service[method], service, parameters);
        return Comlink.transfer({ kind: "value", value }, movedBuffers(value));
      } catch (error) {
        return packError(error);
      }
    },
    beat: async () => "alive",
  };
  port.addEventListener("unhandledrejection", (event) => {
    const reason = "reason" in event ? event.reason : event;
    port.postMessage({ unhandled: packError(reason) } satisfies UnhandledRejection);
  });
  Comlink.expose(endpoint, port);
}
