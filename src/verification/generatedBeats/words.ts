import type { Values } from "../../domain/schema.ts";
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

/** How a generator is trained, and how it is sampled where that is told. */
interface Settings {
  readonly iterations: number;
  readonly hyperparameters: Values;
  readonly sampling?: Values;
}

/** Iterations of each training with what differs from the defaults. */
export function settingsIn<Name extends string>(
  trainings: Readonly<Record<Name, Settings>>,
  titles: Readonly<Record<Name, string>>,
): string {
  return table(
    ["", "iterations", "what differs from the defaults"],
    (Object.keys(trainings) as Name[]).map((name) => {
      const { iterations, hyperparameters, sampling } = trainings[name];
      const words = Object.entries({ ...hyperparameters, ...sampling }).map(
        ([key, value]) => `\`${key}\` ${value}`,
      );
      return [titles[name], iterations, words.join(", ")];
    }),
  );
}
