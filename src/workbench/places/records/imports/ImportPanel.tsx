import { Alert, Button, CloseButton, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconDownload, IconPlayerStop } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { ImportReport } from "../../../../services/importJob.ts";
import { saveFile } from "../../../saveFile.ts";
import { reported } from "../../../state/report.ts";
import { workbench } from "../../../state/store.ts";
import classes from "../records.module.css";
import { ImportDialog } from "./ImportDialog.tsx";
import { cancelImport, closeReport, importState, reportText, summaryOf } from "./importing.ts";
import { Question } from "./Question.tsx";

/** The running import and its report, in a corner of every place. */
export function ImportPanel() {
  const { phase } = useStore(importState);
  if (phase.kind === "idle") return null;
  if (phase.kind === "choosing") return <ImportDialog title={phase.title} answer={phase.answer} />;
  return (
    <Paper
      withBorder
      shadow="md"
      p="sm"
      className={`${classes.importPanel} noPrint`}
      component="section"
      aria-label="Import"
      data-testid="import-panel"
      data-phase={phase.kind}
    >
      {phase.kind === "done" ? (
        <Report report={phase.report} />
      ) : (
        <Running
          title={phase.title}
          detail={
            phase.kind === "listing"
              ? `${phase.files} files listed …`
              : phase.progress === null
                ? "Reading …"
                : progressText(phase.progress)
          }
          share={
            phase.kind === "running" && phase.progress !== null && phase.progress.total > 0
              ? phase.progress.done / phase.progress.total
              : null
          }
        />
      )}
    </Paper>
  );
}

function Running({
  title,
  detail,
  share,
}: {
  readonly title: string;
  readonly detail: string;
  readonly share: number | null;
}) {
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate>
          Importing {title}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          onClick={() => reported(cancelImport())}
        >
          Cancel
        </Button>
      </Group>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        aria-label="Progress of the import"
      />
      <Text size="xs" c="dimmed" aria-live="polite">
        {detail}
      </Text>
    </Stack>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  const { failures, failed } = report;
  const place = useStore(workbench, (state) => state.place);
  const cameUpAt = useRef(place);
  // What went well need not be in the way elsewhere.
  useEffect(() => {
    if (place !== cameUpAt.current && report.state === "finished" && failed === 0) closeReport();
  }, [place, report, failed]);
  const shown = failures.slice(0, 4);
  const save = () =>
    saveFile(`import of ${report.title.replaceAll(/[^\w.-]+/g, "_")}.txt`, "text/plain", [
      reportText(report),
    ]);
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
        <Text size="sm" fw={600}>
          {headings[report.state]}
        </Text>
        <CloseButton size="sm" aria-label="Close the report" onClick={closeReport} />
      </Group>
      <Text size="sm" role="status">
        {summaryOf(report)}
      </Text>
      {shown.length > 0 && (
        <Alert color="red" p="xs" variant="light">
          <Stack gap={4}>
            {shown.map(({ place, message, remedy }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: failures may be alike, and their list never changes
              <Text key={index} size="xs">
                <b>{place}</b>: {message} {remedy}
              </Text>
            ))}
            {failed > shown.length && <Text size="xs">{failed - shown.length} more could not be read.</Text>}
          </Stack>
        </Alert>
      )}
      <Question failures={failures} />
      {(failed > 0 || report.stored > 2) && (
        <Group justify="flex-end">
          <Button size="compact-xs" variant="subtle" leftSection={<IconDownload size={14} />} onClick={save}>
            Save the report
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const headings: Readonly<Record<ImportReport["state"], string>> = {
  finished: "Import finished",
  running: "Import ended early",
  cancelled: "Import cancelled; what was stored stays",
  full: "The browser has no more room",
};

function progressText({
  done,
  total,
  stored,
  failed,
  secondsLeft,
}: {
  readonly done: number;
  readonly total: number;
  readonly stored: number;
  readonly failed: number;
  readonly secondsLeft: number | null;
}): string {
  const parts = [`${done} of ${total}`, `${stored} stored`];
  if (failed > 0) parts.push(`${failed} not readable`);
  if (secondsLeft !== null && done < total) parts.push(`about ${formatSeconds(secondsLeft)} left`);
  return parts.join(" · ");
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}
