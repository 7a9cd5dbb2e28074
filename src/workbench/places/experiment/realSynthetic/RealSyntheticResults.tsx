import { Group, Select } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import type { StoredExperiment } from "../../../../storage/trainings.ts";
import { training } from "../../../state/training.ts";
import { ExportButtons } from "../ExportButtons.tsx";
import type { ResultsProps } from "../protocols.ts";
import { GainPanel } from "./GainPanel.tsx";
import { SearchPanel } from "./SearchPanel.tsx";
import { metricChoices, TablePanel } from "./TablePanel.tsx";

/** The searches, the paper's tables and the gain over scarce positives. */
export function RealSyntheticResults({ found: shown, finished }: ResultsProps) {
  const found = shown as StoredExperiment;
  const description = useStore(training, (state) => state.description);
  const [metric, setMetric] = useState<(typeof metricChoices)[number]["value"]>("f1");
  const [positives, setPositives] = useState<number | null>(null);
  if (description === null) return null;
  const sizes = found.specification.positives;
  const size = sizes.includes(positives) ? positives : sizes[0];
  return (
    <>
      {found.specification.search !== undefined && <SearchPanel found={found} description={description} />}
      <Group gap="md" align="flex-end">
        <Select
          size="xs"
          label="Measure"
          allowDeselect={false}
          value={metric}
          data={[...metricChoices]}
          onChange={(value) => value !== null && setMetric(value as typeof metric)}
        />
        {sizes.length > 1 && (
          <Select
            size="xs"
            label="Positives at most"
            allowDeselect={false}
            value={String(size)}
            data={sizes.map((each) => ({ value: String(each), label: each === null ? "all" : String(each) }))}
            onChange={(value) => setPositives(value === "null" ? null : Number(value))}
          />
        )}
        <ExportButtons found={found} question={{ metric, positives: size }} suffix={metric} />
      </Group>
      {found.specification.tasks.map((task) => (
        <TablePanel
          key={task}
          experimentId={found.id}
          task={task}
          metric={metric}
          positives={size}
          finished={finished}
          description={description}
        />
      ))}
      {sizes.length > 1 && (
        <GainPanel experimentId={found.id} metric={metric} finished={finished} description={description} />
      )}
    </>
  );
}
