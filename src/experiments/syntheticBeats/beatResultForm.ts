import type { ResultForm } from "../protocol.ts";
import { isPlainScores, type PlainScores, scoresAsJson, scoresFrom } from "../scoresAsJson.ts";
import type { BeatCellResult, BeatOrigin, ScoredBeats } from "./specification.ts";

/** Results of cells after SimGAN and PGAN in files. */
export const beatResultForm: ResultForm<BeatCellResult> = {
  write: ({ tested, validated, ...rest }) => ({
    ...rest,
    tested: plainScores(tested),
    validated: plainScores(validated),
  }),
  read(plain, fail) {
    const { tested, validated, ...rest } = plain;
    if (!isScored(tested) || !isScored(validated)) {
      throw fail("result", "Probabilities, labels and origins of its beats do not fit each other.");
    }
    return {
      ...(rest as unknown as Omit<BeatCellResult, "tested" | "validated">),
      tested: scored(tested),
      validated: scored(validated),
    };
  },
};

type PlainScored = PlainScores & Pick<ScoredBeats, "origins">;

const plainScores = (each: ScoredBeats): PlainScored => ({ ...scoresAsJson(each), origins: each.origins });
const scored = (each: PlainScored): ScoredBeats => ({ ...scoresFrom(each), origins: each.origins });

function isScored(value: unknown): value is PlainScored {
  if (!isPlainScores(value)) return false;
  const { origins } = value as Partial<PlainScored>;
  return (
    Array.isArray(origins) &&
    origins.every(
      (each: BeatOrigin | null) =>
        typeof each?.record === "string" && typeof each.patient === "string" && Number.isInteger(each.count),
    ) &&
    origins.reduce((sum, { count }) => sum + count, 0) === value.labels.length
  );
}
