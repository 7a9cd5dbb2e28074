import type { OfferedTraining } from "../../generators/generator.ts";
import { shortTrainings } from "../../generators/shortTrainings.ts";
import { table } from "../markdown.ts";
import type { DistanceName, Measured } from "./judgement.ts";

export const distanceTitles: Readonly<Record<DistanceName, string>> = {
  frechet: "Fréchet",
  discrepancy: "MMD²",
};

/** Two digits that say something. */
export const digits = (value: number): string =>
  Math.abs(value) < 1e-4 ? "0" : String(Number(value.toPrecision(2)));

export const withInterval = ({ value, interval }: Measured): string =>
  interval === null ? digits(value) : `${digits(value)} [${digits(interval.low)}, ${digits(interval.high)}]`;

/** Iterations of each training with what differs from the defaults. */
export function settingsTable<Name extends string>(
  names: readonly Name[],
  titles: Readonly<Record<Name, string>>,
  trainings: Readonly<Record<Name, OfferedTraining>>,
): string {
  return table(
    ["", "iterations", "what differs from the defaults"],
    names.map((name) => {
      const { iterations, hyperparameters } = trainings[name];
      const words = Object.entries(hyperparameters).map(([key, value]) => `\`${key}\` ${value}`);
      return [titles[name], iterations, words.join(", ")];
    }),
  );
}

/** Of the short trainings of beats. */
export const settingsIn = <Name extends keyof typeof shortTrainings>(
  names: readonly Name[],
  titles: Readonly<Record<Name, string>>,
): string => settingsTable(names, titles, shortTrainings);
