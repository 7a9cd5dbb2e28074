import { exact, isNumbers } from "../augmentationTransfer/resultForm.ts";
import { isObject } from "../fieldChecks.ts";
import type { ResultForm } from "../protocol.ts";
import type { LeagueResult } from "./specification.ts";

const trainings = ["real", "both", "synthetic"] as const;

/** Results of a league in files. */
export const leagueResultForm: ResultForm<LeagueResult> = {
  write({ scores, ...rest }) {
    const { real, both, synthetic, labels, patients } = scores;
    return {
      ...rest,
      scores: {
        real: Array.from(real, exact),
        both: Array.from(both, exact),
        synthetic: Array.from(synthetic, exact),
        labels: Array.from(labels),
        patients,
      },
    };
  },
  read(plain, fail) {
    const { scores, closeness, privacy, cost, counts } = plain;
    for (const [name, part] of Object.entries({ closeness, privacy, cost, counts })) {
      if (!isObject(part)) throw fail(`result.${name}`, "It is missing.");
    }
    const { labels, patients, ...logits } = isObject(scores) ? scores : {};
    const fits =
      isNumbers(labels) &&
      labels.length > 0 &&
      Array.isArray(patients) &&
      patients.length === labels.length &&
      patients.every((each) => typeof each === "string") &&
      trainings.every((name) => {
        const own = logits[name];
        return isNumbers(own) && own.length > 0 && own.length % labels.length === 0;
      });
    if (!fits)
      throw fail("result.scores", "Logits, labels and patients of its test beats do not fit each other.");
    const of = (name: (typeof trainings)[number]) => Float32Array.from(logits[name] as readonly number[]);
    return {
      ...({ closeness, privacy, cost, counts } as unknown as Omit<LeagueResult, "scores">),
      scores: {
        real: of("real"),
        both: of("both"),
        synthetic: of("synthetic"),
        labels: Uint8Array.from(labels),
        patients,
      },
    };
  },
};
