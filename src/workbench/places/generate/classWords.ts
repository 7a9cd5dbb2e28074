import type { GeneratedForm } from "../../../domain/generation.ts";
import { meaningOf } from "../../../domain/labels.ts";

const beatWords: Readonly<Record<string, string>> = {
  N: "normal",
  S: "supraventricular ectopic",
  V: "ventricular ectopic",
  F: "fusion",
};

/** What a class stands for; empty where its name is all that is known. */
export function classWords(form: GeneratedForm, name: string): string {
  const words = form === "beats" ? (beatWords[name] ?? name) : meaningOf(name);
  return words === name ? "" : words;
}
