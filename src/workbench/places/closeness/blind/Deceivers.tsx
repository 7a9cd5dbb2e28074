import { Text } from "@mantine/core";
import type { JudgedTrial } from "../../../../domain/blindTest.ts";
import type { StoredBlindTest } from "../../../../storage/storedCloseness.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import classes from "../closeness.module.css";

const [width, height, shown] = [108, 80, 16] as const;

/** The pictures that were taken for what they are not. */
export function Deceivers({ test }: { readonly test: StoredBlindTest }) {
  const pictures = useAnswer(test.id, () => workers.training.blindPictures(test.specification));
  if (pictures === null) return null;
  const wrong = test.judged
    .map((judged, index) => ({ judged, samples: pictures[index]?.samples }))
    .filter(({ judged }) => judged.isReal !== judged.saidReal);
  const nameOf = ({ source }: JudgedTrial) =>
    source === 0 ? "real" : (test.specification.synthetic[source - 1]?.name ?? "synthetic");
  return (
    <section aria-label="Taken for what they are not" data-testid="deceivers">
      <Text size="sm" fw={600} mt="md">
        Taken for what they are not
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {wrong.length === 0
          ? "None."
          : "Red: synthetic, called real. Grey: real, called synthetic. All on one scale."}
      </Text>
      <div className={classes.deceivers}>
        {wrong.slice(0, shown).map(({ judged, samples }) => (
          <div key={`${judged.source} ${judged.row}`} className={classes.deceiver}>
            <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              {samples !== undefined && (
                <path
                  className={judged.isReal ? classes.real : classes.synthetic}
                  d={pathOf(samples)}
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
            {nameOf(judged)}
          </div>
        ))}
      </div>
    </section>
  );
}

/** mV from the lower to the upper edge. */
const reach = 4;

function pathOf(samples: Float32Array): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const middle = (low + high) / 2;
  return Array.from(samples, (value, at) => {
    const x = (at * width) / (samples.length - 1);
    const y = height / 2 - ((value - middle) * height) / reach;
    return `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
}
