import { Failure } from "../domain/failure.ts";

/** How an outcome crosses: Comlink alone would keep only the message of an error. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown }
  | {
      readonly kind: "failure";
      readonly code: string;
      readonly message: string;
      readonly place: string;
      readonly remedy: string;
    }
  | { readonly kind: "defect"; readonly name: string; readonly message: string; readonly stack: string };

/** The one function that a worker exposes. */
export interface Endpoint {
  call(method: string, parameters: readonly unknown[]): Promise<Outcome>;
  beat(): Promise<"alive">;
}

/** An error as data. */
export function packError(error: unknown): Outcome {
  if (error instanceof Failure) {
    const { code, message, place, remedy } = error;
    return { kind: "failure", code, message, place, remedy };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "defect", name, message, stack: stack ?? "" };
}

/** The value of an outcome; its error, whole, is thrown. */
export function unpack(outcome: Outcome): unknown {
  if (outcome.kind === "value") return outcome.value;
  if (outcome.kind === "failure") {
    throw new Failure(outcome.code, outcome.message, outcome.place, outcome.remedy);
  }
  const error = new Error(outcome.message);
  error.name = outcome.name;
  error.stack = outcome.stack;
  throw error;
}
