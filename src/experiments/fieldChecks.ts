import { Failure } from "../domain/failure.ts";

/** What came from a file and may be anything. */
export type Loose = Readonly<Record<string, unknown>>;
export type Check = (each: unknown) => boolean;

/** What a field takes: a test, and words for who has to mend it. */
export type Field = readonly [isRight: Check, remedy: string];

export const isObject = (each: unknown): each is Loose =>
  typeof each === "object" && each !== null && !Array.isArray(each);
export const isText: Check = (each) => typeof each === "string" && each !== "";
export const isNumber = (each: unknown): each is number => typeof each === "number" && Number.isFinite(each);
/** Between 0 and 1, without both. */
export const isShare = (each: unknown): each is number => isNumber(each) && each > 0 && each < 1;

/** Whole numbers from one on. */
export const isCount =
  (least: number): Check =>
  (each) =>
    Number.isInteger(each) && Number(each) >= least;

export const isAmong =
  (names: readonly string[]): Check =>
  (each) =>
    typeof each === "string" && names.includes(each);

/** At least one, none twice: twice the same is the same cell twice. */
export const isListOf =
  (isRight: Check): Check =>
  (each) =>
    Array.isArray(each) &&
    each.length > 0 &&
    each.every(isRight) &&
    new Set(each.map((one) => JSON.stringify(one))).size === each.length;

/** Makes the failure of a field of a specification. */
export const experimentFailure = (file: string, field: string, remedy: string): Failure =>
  new Failure("experiment-file", "This is no specification of an experiment.", `${file}, ${field}`, remedy);

/** The object that a file's text holds. @throws Failure `experiment-file` */
export function objectOf(text: string, file: string): Loose {
  const fail = (remedy: string) => experimentFailure(file, "the whole file", remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(`It is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw fail("Give an object with the kind of the experiment, its name and its data.");
  return value;
}

/**
 * A specification with all its fields: what a file does not say is as in the defaults.
 * @throws Failure `experiment-file`, naming the field and what it takes
 */
export function completed(
  value: Loose,
  defaults: object,
  fields: Readonly<Record<string, Field>>,
  file: string,
): Loose {
  const whole: Loose = { ...defaults, ...value };
  for (const key of Object.keys(whole)) {
    if (key !== "kind" && !Object.hasOwn(fields, key)) {
      const known = ["kind", ...Object.keys(fields)].join(", ");
      throw experimentFailure(file, key, `There is no such field. Known are ${known}.`);
    }
  }
  for (const [key, [isRight, remedy]] of Object.entries(fields)) {
    if (!isRight(whole[key])) throw experimentFailure(file, key, remedy);
  }
  return whole;
}
