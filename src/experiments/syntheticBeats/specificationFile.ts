import { beatFilters } from "../../domain/beatFilters.ts";
import { beatTargets } from "../../domain/beatTargets.ts";
import { Failure } from "../../domain/failure.ts";
import { beatClasses } from "../../domain/libraryRecord.ts";
import {
  type BeatExperiment,
  pganDefaults,
  pganMethodNames,
  simGanDefaults,
  trainingOrders,
} from "./specification.ts";

type Loose = Readonly<Record<string, unknown>>;
type Check = (each: unknown) => boolean;

const isObject = (each: unknown): each is Loose =>
  typeof each === "object" && each !== null && !Array.isArray(each);
const isText: Check = (each) => typeof each === "string" && each !== "";
const isNumber = (each: unknown): each is number => typeof each === "number" && Number.isFinite(each);
const isCount =
  (least: number): Check =>
  (each) =>
    Number.isInteger(each) && Number(each) >= least;
const isAmong =
  (names: readonly string[]): Check =>
  (each) =>
    typeof each === "string" && names.includes(each);
const isListOf =
  (isRight: Check): Check =>
  (each) =>
    Array.isArray(each) &&
    each.length > 0 &&
    each.every(isRight) &&
    // Twice the same is the same cell twice.
    new Set(each.map((one) => JSON.stringify(one))).size === each.length;
const isShare = (each: unknown) => isNumber(each) && each > 0 && each < 1;

const isMostPerRecord = (each: unknown) =>
  isObject(each) &&
  Object.entries(each).every(([key, most]) => isAmong(beatClasses)(key) && isCount(0)(most));

/** What a field takes: a test, and words for who has to mend it. */
type Field = readonly [isRight: Check, remedy: string];

const common: Readonly<Record<string, Field>> = {
  name: [isText, "Give a name."],
  targets: [isListOf(isAmong(beatTargets)), `Give a list of ${beatTargets.join(", ")}, each once.`],
  seeds: [
    isListOf(isCount(0)),
    "Give a list of whole numbers from 0, each once; five or more tell something.",
  ],
  classifier: [
    (each) => isObject(each) && isText(each.architecture) && isObject(each.hyperparameters),
    "Give architecture and hyperparameters.",
  ],
  validationShare: [isShare, "Give a number between 0 and 1."],
  source: [
    (each) =>
      isObject(each) &&
      isText(each.name) &&
      Array.isArray(each.members) &&
      each.members.every(isText) &&
      isText(each.lead) &&
      isAmong(beatFilters)(each.filter) &&
      (each.mostPerRecord === undefined || isMostPerRecord(each.mostPerRecord)),
    `Give name, members, lead, filter as one of ${beatFilters.join(", ")}, and, where fewer beats are to be taken, mostPerRecord with whole numbers for some of ${beatClasses.join(", ")}.`,
  ],
};

const isTraining = (each: Loose) => isObject(each.hyperparameters) && isCount(0)(each.iterations);

const simGanFields: Readonly<Record<string, Field>> = {
  ...common,
  generators: [
    isListOf((each) => isObject(each) && isText(each.generator) && isTraining(each)),
    "Give a list of generators, each with its hyperparameters and iterations.",
  ],
  ratios: [isListOf((each) => isNumber(each) && each >= 0), "Give a list of numbers from 0, each once."],
  order: [isAmong(trainingOrders), `Give one of ${trainingOrders.join(", ")}.`],
  keepsSharedPatients: [(each) => typeof each === "boolean", "Give true or false."],
  recalls: [
    (each) => isObject(each) && beatTargets.every((target) => isShare(each[target])),
    `Give a number between 0 and 1 for each of ${beatTargets.join(", ")}.`,
  ],
};

const pganFields: Readonly<Record<string, Field>> = {
  ...common,
  methods: [
    isListOf((each) => isObject(each) && isAmong(pganMethodNames)(each.method) && isTraining(each)),
    `Give a list of methods of ${pganMethodNames.join(", ")}, each with its hyperparameters and iterations.`,
  ],
  counts: [isListOf(isCount(0)), "Give a list of whole numbers from 0, each once."],
  adaptation: [
    (each) => isObject(each) && isNumber(each.minutes) && each.minutes > 0 && isCount(2)(each.confidentBeats),
    "Give minutes above 0 and confidentBeats of at least 2.",
  ],
  patients: [
    (each) =>
      each === undefined ||
      (isObject(each) &&
        Object.entries(each).every(
          ([target, patients]) =>
            isAmong(beatTargets)(target) && Array.isArray(patients) && patients.every(isText),
        )),
    "Give a list of patients for each class, or leave it out.",
  ],
  leastBeats: [isCount(1), `Give a whole number from 1. The paper's 800 beats leave no patient for F.`],
};

/**
 * An experiment after SimGAN or PGAN from the text of a JSON file. What the file does not say is as in the papers, or, where
 * they do not say it either, as in `simGanDefaults` and `pganDefaults`: five seeds among them.
 * @throws Failure `experiment-file`, naming the field and what it takes
 */
export function parseBeatExperiment(text: string, file: string): BeatExperiment {
  const fail = (field: string, remedy: string) =>
    new Failure("experiment-file", "This is no specification of an experiment.", `${file}, ${field}`, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail("the whole file", `It is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw fail("the whole file", "Give an object with kind, name and source.");
  const kinds = [simGanDefaults, pganDefaults];
  const defaults = kinds.find(({ kind }) => kind === (value as Loose).kind);
  if (defaults === undefined) throw fail("kind", `It must be ${kinds.map(({ kind }) => kind).join(" or ")}.`);
  const fields = defaults.kind === "SimGAN experiment" ? simGanFields : pganFields;
  const whole: Loose = { ...defaults, ...value };
  for (const key of Object.keys(whole)) {
    if (key !== "kind" && !Object.hasOwn(fields, key)) {
      throw fail(key, `There is no such field. Known are kind, ${Object.keys(fields).join(", ")}.`);
    }
  }
  for (const [key, [isRight, remedy]] of Object.entries(fields)) {
    if (!isRight(whole[key])) throw fail(key, remedy);
  }
  return whole as unknown as BeatExperiment;
}
