import { Button, Group, NumberInput, Paper, Select, Text } from "@mantine/core";
import { IconAdjustmentsHeart, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { natures } from "../../../domain/libraryRecord.ts";
import type { OpenedRecord } from "../../../services/records.ts";
import { formatDuration } from "../../format.ts";
import { reported } from "../../state/report.ts";
import { actions, workbench } from "../../state/store.ts";
import type { RecordSelection } from "../../state/view.ts";
import classes from "../synthesise/synthesise.module.css";
import { type FitSummary, fitSelectedBeat } from "./fitting.ts";
import { PickFiles } from "./imports/PickFiles.tsx";
import { annotationMarks } from "./record/marks.ts";
import { RecordStrip } from "./record/RecordStrip.tsx";
import { useSelectedRecord } from "./useRecord.ts";

/** A real record under the synthetic strip, on the same paper; or the invitation to bring one. */
export function RecordCard() {
  const selection = useStore(workbench, (state) => state.record);
  const record = useSelectedRecord();
  const marks = useMemo(() => (record === null ? [] : annotationMarks(record)), [record]);
  if (selection === null || record === null) return <Invitation missing={selection !== null} />;
  return (
    <Paper
      withBorder
      className={classes.card}
      component="section"
      aria-label={natures[record.nature]}
      data-testid="real-record"
    >
      <RecordHead record={record} selection={selection} />
      <RecordStrip record={record} selection={selection} marks={marks} />
    </Paper>
  );
}

function Invitation({ missing }: { readonly missing: boolean }) {
  return (
    <Paper withBorder p="md" component="section" aria-label="Real record" className="noPrint">
      <Group justify="space-between" gap="sm">
        <div>
          <Text size="sm" fw={600}>
            A real record beneath
          </Text>
          <Text size="sm" c="dimmed" maw={620}>
            {missing
              ? "The link names a record that is not stored in this browser. Drop its files to see it here."
              : "Drop the .hea, .dat and .atr files of a WFDB record anywhere on the page, or a folder, or a zip. It stays in this browser, on the same paper as the synthetic strip."}
          </Text>
        </div>
        <PickFiles />
      </Group>
    </Paper>
  );
}

function RecordHead({
  record,
  selection,
}: {
  readonly record: OpenedRecord;
  readonly selection: RecordSelection;
}) {
  const [fit, setFit] = useState<FitSummary | null>(null);
  const [fitting, setFitting] = useState(false);
  const place = useStore(workbench, (state) => state.place);
  const beats = record.rPeaks.length;
  const select = (changes: Partial<RecordSelection>) => {
    setFit(null);
    actions.selectRecord({ ...selection, ...changes });
  };
  const runFit = async () => {
    setFitting(true);
    try {
      setFit(await fitSelectedBeat(selection));
    } finally {
      setFitting(false);
    }
  };
  return (
    <Group className={classes.cardHead}>
      <Text size="sm" fw={600}>
        {record.name}
      </Text>
      <Text size="xs" c="dimmed" className={classes.grow}>
        {natures[record.nature]} · {formatDuration(record.duration)} · {record.samplingFrequency} Hz · {beats}{" "}
        annotated beats
        {record.warnings.length > 0 && ` · ${record.warnings.length} checksums do not hold`}
      </Text>
      <Select
        size="xs"
        w={110}
        aria-label="Lead"
        allowDeselect={false}
        value={selection.lead}
        data={record.leads.map((lead) => lead.name)}
        onChange={(lead) => lead !== null && select({ lead })}
      />
      {beats > 0 && (
        <NumberInput
          size="xs"
          w={130}
          aria-label="Real beat to lie under the synthetic one"
          placeholder="Beat to overlay"
          min={1}
          max={beats}
          allowDecimal={false}
          value={selection.beat === null ? "" : selection.beat + 1}
          onChange={(next) =>
            select({ beat: typeof next === "number" && next >= 1 && next <= beats ? next - 1 : null })
          }
        />
      )}
      <Button
        size="xs"
        variant="light"
        disabled={selection.beat === null}
        loading={fitting}
        leftSection={<IconAdjustmentsHeart size={16} />}
        onClick={() => reported(runFit())}
      >
        Fit
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={14} />}
        onClick={() => actions.selectRecord(null)}
      >
        Close
      </Button>
      {place === "synthesise" && <PickFiles compact />}
      {fit !== null && (
        <Text size="xs" w="100%" role="status" data-testid="fit-result">
          R² {fit.rSquared.toFixed(4)} · residual {(fit.rootMeanSquareError * 1000).toFixed(0)} µV root mean
          square · fitted in {fit.milliseconds.toFixed(0)} ms; the sliders now stand at the fit.
          {fit.clamped.length > 0 && ` Held at their limits: ${fit.clamped.join(", ")}.`}
        </Text>
      )}
    </Group>
  );
}
