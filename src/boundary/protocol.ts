import { Failure } from "../domain/failure.ts";

/** An error as data: Comlink alone would keep only its message, name and stack. */
export type PackedError =
  | {
      readonly kind: "failure";
      readonly code: string;
      readonly message: string;
      readonly place: string;
      readonly remedy: string;
    }
  | { readonly kind: "defect"; readonly name: string; readonly message: string; readonly stack: string };

/** How a call ended. */
export type Outcome = { readonly kind: "value"; readonly value: unknown } | PackedError;

/** What a worker exposes, whatever its service. */
export interface Endpoint {
  call(method: string, parameters: readonly unknown[]): Promise<Outcome>;
  beat(): Promise<"alive">;
}

/** What a worker sends unasked when a rejection in it was awaited by nobody. */
export interface UnhandledRejection {
  readonly unhandled: PackedError;
}

/** Type guard for messages that are no answers to calls. */
export function isUnhandledRejection(message: unknown): message is UnhandledRejection {
  return typeof message === "object" && message !== null && "unhandled" in message;
}

export function packError(error: unknown): PackedError {
  if (error instanceof Failure) {
    const { code, message, place, remedy } = error;
    return { kind: "failure", code, message, place, remedy };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "defect", name, message, stack: stack ?? "" };
}

/** The error again: a Failure with all its fields, or an Error with the name and stack that it had in the worker. */
export function unpackError(packed: PackedError): Error {
  if (packed.kind === "failure") {
    return new Failure(packed.code, packed.message, packed.place, packed.remedy);
  }
  const { name, message, stack } = packed;
  return Object.assign(new Error(message), { name, stack });
}

/** The value of an outcome; its error is thrown. */
export function unpack(outcome: Outcome): unknown {
  if (outcome.kind === "value") return outcome.value;
  throw unpackError(outcome);
}
