import type { Field, Schema, Values } from "./schema.ts";

/** Something with its training that may stand in a list several times, with other values each time. */
export interface NamedTraining {
  readonly name: string;
  /** What differs from the defaults. */
  readonly hyperparameters: Values;
  readonly iterations: number;
}

/** What is said of a name. */
export interface Named {
  readonly title: string;
  readonly hyperparameters: Schema;
}

/**
 * The title of each training of a list: that of its name, and, where the name stands there several times, what tells it from
 * the others of the name: `SimVGAN (simulator weight 0)`.
 */
export function distinctTitles(
  trainings: readonly NamedTraining[],
  named: (name: string) => Named,
): readonly string[] {
  return trainings.map((training) => {
    const { title, hyperparameters } = named(training.name);
    const others = trainings.filter((each) => each !== training && each.name === training.name);
    const own = Object.entries(hyperparameters).flatMap(([key, field]) => {
      const value = valueIn(training, key, field);
      return others.some((each) => valueIn(each, key, field) !== value) ? [inWords(field, value)] : [];
    });
    if (others.some(({ iterations }) => iterations !== training.iterations)) {
      own.push(`${training.iterations.toLocaleString("en")} iterations`);
    }
    return own.length === 0 ? title : `${title} (${own.join(", ")})`;
  });
}

const valueIn = ({ hyperparameters }: NamedTraining, key: string, field: Field) =>
  hyperparameters[key] ?? field.default;

/** `batch 32`, `optimiser: Adam`, `averaged weights off` */
function inWords(field: Field, value: Values[string]): string {
  const label = withinSentence(field.label);
  if (field.kind === "switch") return `${label} ${value === true ? "on" : "off"}`;
  if (field.kind === "number") return `${label} ${value}${field.unit === "" ? "" : ` ${field.unit}`}`;
  const option = field.options.find((each) => each.value === value)?.label ?? String(value);
  return `${label}: ${option}`;
}

/** A label that begins with an abbreviation keeps it: `RMS of noise`. */
const withinSentence = (label: string): string =>
  /^[A-Z](?![A-Z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
