import { Group, SegmentedControl, Text } from "@mantine/core";

/** What the last column of a table takes differences from. */
export function BaselineChoice<Baseline extends string>({
  baselines,
  words,
  value,
  onChange,
}: {
  /** Those that the table has a row of. */
  readonly baselines: readonly Baseline[];
  readonly words: Readonly<Record<Baseline, string>>;
  readonly value: Baseline;
  readonly onChange: (baseline: Baseline) => void;
}) {
  if (baselines.length < 2) return null;
  return (
    <Group gap="xs" mb="xs">
      <Text size="sm">Differences from</Text>
      <SegmentedControl
        size="xs"
        aria-label="Differences from"
        data={baselines.map((each) => ({ value: each, label: words[each] }))}
        value={value}
        onChange={onChange}
      />
    </Group>
  );
}
