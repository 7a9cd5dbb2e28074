import { beatClasses } from "../../domain/libraryRecord.ts";
import { isDivision, isGenerator, isSource } from "../augmentationTransfer/specificationFile.ts";
import {
  completed,
  type Field,
  isAmong,
  isCount,
  isListOf,
  isObject,
  isText,
  objectOf,
} from "../fieldChecks.ts";
import { type LeagueExperiment, leagueDefaults } from "./specification.ts";

const fields: Readonly<Record<string, Field>> = {
  name: [isText, "Give a name."],
  source: [isSource, "Give a source with its name and its members."],
  classes: [
    (each) => isListOf(isAmong(beatClasses))(each) && (each as readonly unknown[]).length > 1,
    `Give a list of two classes or more of ${beatClasses.join(", ")}, each once.`,
  ],
  lead: [isText, "Give the name of a lead."],
  mostSignals: [isCount(2), "Give a whole number from 2."],
  division: [isDivision, "Give byPatient, testShare and validationShare between 0 and 1, and a seed."],
  classifier: [
    (each) => isObject(each) && isText(each.architecture) && isObject(each.hyperparameters),
    "Give architecture and hyperparameters.",
  ],
  beatsPerClass: [isCount(20), "Give a whole number from 20: a classifier and distances need so many."],
  generators: [
    isListOf(isGenerator),
    "Give a list of generators, each with its hyperparameters and iterations; references take part anyway.",
  ],
  seeds: [
    isListOf(isCount(0)),
    "Give a list of whole numbers from 0, each once; five or more tell something.",
  ],
};

/**
 * A league from the text of a JSON file. What the file does not say is as in `leagueDefaults`.
 * @throws Failure `experiment-file`, naming the field and what it takes
 */
export function parseLeague(text: string, file: string): LeagueExperiment {
  return completed(objectOf(text, file), leagueDefaults, fields, file) as unknown as LeagueExperiment;
}
