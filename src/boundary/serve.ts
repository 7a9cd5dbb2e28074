import * as Comlink from "comlink";
import { buffersOf } from "./move.ts";
import { type Endpoint, packError } from "./protocol.ts";

/** What a worker offers: plain functions by name. */
export type Service = Readonly<Record<string, (...parameters: never[]) => unknown>>;

/**
 * Makes a service callable from the page. Results move, errors travel as data, and rejections that nobody awaited are
 * written to the console rather than lost.
 */
export function serve(service: Service, port: Comlink.Endpoint = self as unknown as Comlink.Endpoint): void {
  const endpoint: Endpoint = {
    async call(method, parameters) {
      try {
        const run = service[method];
        if (run === undefined) throw new TypeError(`the service has no function ${method}`);
        const value = await (run as (...all: readonly unknown[]) => unknown)(...parameters);
        return Comlink.transfer({ kind: "value", value }, buffersOf(value));
      } catch (error) {
        return packError(error);
      }
    },
    beat: async () => "alive",
  };
  Comlink.expose(endpoint, port);
  if (typeof addEventListener === "function") {
    addEventListener("unhandledrejection", (event) => console.error("unhandled in a worker:", event.reason));
  }
}
