import { type ExperimentSpecification, settings, taskNames } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";

type Loose = Readonly<Record<string, unknown>>;

/**
 * An experiment from the text of a JSON file.
 * @throws Failure `experiment-file`, naming the field and what it takes
 */
export function parseExperiment(text: string, file: string): ExperimentSpecification {
  const fail = (field: string, remedy: string) =>
    new Failure("experiment-file", "This is no specification of an experiment.", `${file}, ${field}`, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail("the whole file", `It is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const isObject = (each: unknown): each is Loose =>
    typeof each === "object" && each !== null && !Array.isArray(each);
  if (!isObject(value)) throw fail("the whole file", "Give an object as the Experiment page exports it.");
  const whole = value;
  const require = (field: string, isRight: (each: unknown) => boolean, remedy: string) => {
    if (!isRight(whole[field])) throw fail(field, remedy);
  };
  const listOf = (isRight: (each: unknown) => boolean) => (each: unknown) =>
    Array.isArray(each) && each.length > 0 && each.every(isRight);
  const isCount = (least: number) => (each: unknown) => Number.isInteger(each) && Number(each) >= least;
  const isAmong = (names: readonly string[]) => (each: unknown) => names.includes(String(each));
  const isNumber = (each: unknown) => typeof each === "number" && Number.isFinite(each) && each > 0;
  const isText = (each: unknown) => typeof each === "string" && each !== "";

  require("kind", (each) =>
    each === "Real, Syn, Syn→Real experiment", "It must be Real, Syn, Syn→Real experiment.");
  require("name", isText, "Give a name.");
  require("tasks", listOf(isAmong(taskNames)), `Give a list of ${taskNames.join(", ")}.`);
  require("settings", listOf(isAmong(settings)), `Give a list of ${settings.join(", ")}.`);
  require("splits", listOf(isCount(1)), "Give a list of whole numbers from 1.");
  require("positives", listOf(
    (each) => each === null || isCount(1)(each),
  ), "Give a list of whole numbers from 1, and null for all.");
  require("architectures", listOf(
    (each) => isObject(each) && isText(each.architecture) && isObject(each.hyperparameters),
  ), "Give a list of architectures, each with its hyperparameters.");
  require("form", (each) =>
    isObject(each) &&
    isNumber(each.samplingFrequency) &&
    isNumber(each.duration) &&
    isText(each.lead), "Give samplingFrequency in Hz, duration in s and lead.");
  require("synthetic", (each) =>
    isObject(each) &&
    isText(each.preset) &&
    [each.perClass, each.validationPerClass, each.testPerClass].every(
      isCount(1),
    ), "Give preset, perClass, validationPerClass and testPerClass.");
  require("real", (each) =>
    each === null ||
    (isObject(each) &&
      Array.isArray(each.members) &&
      each.members.every(isText) &&
      typeof each.byPatient === "boolean" &&
      isNumber(each.testShare) &&
      isNumber(each.validationShare)), "Give null, or members, byPatient, testShare and validationShare.");
  require("seed", isCount(0), "Give a whole number from 0.");
  const isLimit = (each: unknown) => each === undefined || isNumber(each);
  require("search", (each) =>
    each === undefined ||
    (isObject(each) &&
      (each.trials ?? each.minutes) !== undefined &&
      isLimit(each.trials) &&
      isLimit(each.minutes)), "Give trials, minutes or both, or leave it out.");
  require("found", (each) =>
    each === undefined ||
    (Array.isArray(each) &&
      each.every(
        (one) => isObject(one) && isText(one.architecture) && isObject(one.hyperparameters),
      )), "Give what searches found as the Experiment page exports it, or leave it out.");
  return whole as unknown as ExperimentSpecification;
}
