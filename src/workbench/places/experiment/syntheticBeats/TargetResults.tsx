import { Group, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { type BeatTarget, targetTitles } from "../../../../domain/beatTargets.ts";
import type { BeatExperiment } from "../../../../experiments/syntheticBeats/specification.ts";
import { ExportButtons, fileNameOf } from "../ExportButtons.tsx";
import type { ResultsProps } from "../protocols.ts";
import { useReport } from "../useReport.ts";

/** What came of an experiment on beats, for a class at a time. */
export function TargetResults<Report>({
  found,
  finished,
  suffix,
  show,
}: ResultsProps & {
  /** Part of the names of exported files. */
  readonly suffix: string;
  /** The report of the chosen class, and what its files are called. */
  readonly show: (report: Report, file: string) => ReactNode;
}) {
  const { targets } = found.specification as unknown as BeatExperiment;
  const [target, setTarget] = useState<BeatTarget>(targets[0]);
  const report = useReport<Report>(found.id, { target }, finished);
  return (
    <>
      <Group gap="md" align="flex-end">
        <Select
          size="xs"
          label="Class"
          w={280}
          maw="100%"
          allowDeselect={false}
          value={target}
          data={targets.map((value) => ({ value, label: `${value}: ${targetTitles[value]}` }))}
          onChange={(value) => value !== null && setTarget(value as BeatTarget)}
        />
        <ExportButtons found={found} question={{ target }} suffix={suffix} />
      </Group>
      {report !== null && show(report, `${fileNameOf(found)}.${target}`)}
    </>
  );
}
