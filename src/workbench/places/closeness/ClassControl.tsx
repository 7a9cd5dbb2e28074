import { SegmentedControl, Text } from "@mantine/core";
import { type BeatClass, beatClasses } from "../../../domain/libraryRecord.ts";
import { formatCount } from "../../format.ts";
import { beatSourceOf } from "../../state/generation.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";

const words: Readonly<Record<BeatClass, string>> = {
  N: "normal",
  S: "supraventricular ectopic",
  V: "ventricular ectopic",
  F: "fusion",
  Q: "unknown",
};

/** Which class of beats is compared, with how many real ones there are. */
export function ClassControl({
  real,
  value,
  made,
  isBusy,
  onChange,
}: {
  readonly real: string;
  readonly value: string;
  /** Classes that the synthetic set has; null where that is not known. */
  readonly made: readonly string[] | null;
  readonly isBusy: boolean;
  onChange(value: string): void;
}) {
  const counts = useAnswer(
    isBusy ? null : real,
    async () => workers.training.countBeatSource(await beatSourceOf(real)),
    true,
  );
  const known = beatClasses.filter((name) => name !== "Q");
  const count = counts?.[value as BeatClass] ?? null;
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id="compared-class">
        Class of beats
      </Text>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-labelledby="compared-class"
        value={value}
        data={known.map((name) => ({
          value: name,
          label: name,
          disabled: made !== null && !made.includes(name),
        }))}
        onChange={onChange}
      />
      <Text size="xs" c="dimmed" mt={4} data-testid="real-count">
        {words[value as BeatClass]}
        {count === null ? "; counting …" : `; ${formatCount(count)} real beats found`}
      </Text>
    </div>
  );
}
