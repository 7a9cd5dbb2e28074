import { generatedForms } from "../../domain/generation.ts";
import {
  completed,
  type Field,
  isAmong,
  isCount,
  isListOf,
  isNumber,
  isObject,
  isShare,
  isText,
  type Loose,
  objectOf,
} from "../fieldChecks.ts";
import { augmentationSettingNames } from "./settings.ts";
import { type AugmentationExperiment, augmentationDefaults } from "./specification.ts";

const isUnit = (each: unknown) => isNumber(each) && each > 0 && each <= 1;
export const isSource = (each: unknown) =>
  isObject(each) && isText(each.name) && Array.isArray(each.members) && each.members.every(isText);
export const isGenerator = (each: unknown) =>
  isObject(each) && isText(each.generator) && isObject(each.hyperparameters) && isCount(0)(each.iterations);
export const isDivision = (each: unknown): each is Loose =>
  isObject(each) &&
  typeof each.byPatient === "boolean" &&
  (each.byFolds === undefined || typeof each.byFolds === "boolean") &&
  isShare(each.testShare) &&
  isShare(each.validationShare) &&
  isCount(0)(each.seed);
const forms = Object.keys(generatedForms);

const fields: Readonly<Record<string, Field>> = {
  name: [isText, "Give a name."],
  form: [isAmong(forms), `Give one of ${forms.join(", ")}.`],
  classes: [
    (each) => isListOf(isText)(each) && (each as readonly unknown[]).length > 1,
    "Give a list of two classes or more, each once: AAMI's of beats, or labels of recordings.",
  ],
  lead: [isText, "Give the name of a lead."],
  mostSignals: [isCount(2), "Give a whole number from 2."],
  sources: [isListOf(isSource), "Give a list of sources, each with its name and its members."],
  crossesSources: [
    (each) => each === undefined || typeof each === "boolean",
    "Give true or false, or leave it out.",
  ],
  division: [isDivision, "Give byPatient, testShare and validationShare between 0 and 1, and a seed."],
  classifier: [
    (each) => isObject(each) && isText(each.architecture) && isObject(each.hyperparameters),
    "Give architecture and hyperparameters.",
  ],
  syntheticPerClass: [isCount(10), "Give a whole number from 10: a tenth is validated on, a tenth tested."],
  settings: [
    isListOf(isAmong(augmentationSettingNames)),
    `Give a list of ${augmentationSettingNames.join(", ")}, each once.`,
  ],
  generators: [
    (each) => Array.isArray(each) && (each.length === 0 || isListOf(isGenerator)(each)),
    "Give a list of generators, each with its hyperparameters and iterations.",
  ],
  hasAllTogether: [(each) => typeof each === "boolean", "Give true or false."],
  shares: [isListOf(isUnit), "Give a list of numbers above 0 and at most 1, each once."],
  freezesConvolutions: [
    isListOf((each) => typeof each === "boolean"),
    "Give a list of true and false, each once.",
  ],
  seeds: [
    isListOf(isCount(0)),
    "Give a list of whole numbers from 0, each once; five or more tell something.",
  ],
};

/**
 * An augmentation and transfer experiment from the text of a JSON file. What the file does not say is as the authors have
 * it (`augmentationDefaults`).
 * @throws Failure `experiment-file`, naming the field and what it takes
 */
export function parseAugmentation(text: string, file: string): AugmentationExperiment {
  return completed(
    objectOf(text, file),
    augmentationDefaults,
    fields,
    file,
  ) as unknown as AugmentationExperiment;
}
