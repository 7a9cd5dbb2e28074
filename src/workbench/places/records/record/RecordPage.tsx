import { Badge, Button, Chip, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconDownload, IconHeartbeat } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { meaningOf } from "../../../../domain/labels.ts";
import { datasets, type LibraryRecord, natures } from "../../../../domain/libraryRecord.ts";
import { originInWords } from "../../../../domain/syntheticOrigin.ts";
import type { FoundBeats, OpenedRecord } from "../../../../services/records.ts";
import { formatDuration } from "../../../format.ts";
import { TwelveLeads } from "../../../paper/TwelveLeads.tsx";
import { hasTwelveLeads, twelveLeadSize } from "../../../paper/twelveLeads.ts";
import { saveFile } from "../../../saveFile.ts";
import { libraryActions } from "../../../state/library.ts";
import { screenScale } from "../../../state/paperScale.ts";
import { reported } from "../../../state/report.ts";
import { actions, workbench } from "../../../state/store.ts";
import type { RecordSelection } from "../../../state/view.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import { PaperControls } from "../../synthesise/PaperControls.tsx";
import classes from "../records.module.css";
import { SyntheticBadge } from "../SyntheticBadge.tsx";
import { useSelectedRecord } from "../useRecord.ts";
import { BeatGallery } from "./BeatGallery.tsx";
import { Findings } from "./Findings.tsx";
import { annotationMarks, type MarkKind, markKinds, rPeakMarks, waveMarks } from "./marks.ts";
import { Overview } from "./Overview.tsx";
import { RecordStrip } from "./RecordStrip.tsx";

/** From this length on a record is shown at a glance with a brush, s. */
const longRecord = 20;
/** Length of the printed part of a record of twelve leads, s. */
const printed = 10;

/** Everything about one record: paper, annotations, what was found, beats. */
export function RecordPage() {
  const selection = useStore(workbench, (state) => state.record);
  const record = useSelectedRecord();
  const hash = selection?.hash ?? null;
  const known = useAnswer(hash, () => workers.records.describeRecord(hash ?? ""));
  const found = useAnswer(hash, () => workers.records.readFound(hash ?? ""));
  return (
    <Stack gap="md" data-testid="record-page">
      <Group justify="space-between" gap="xs">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => libraryActions.show("list")}
        >
          All records
        </Button>
        {record !== null && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconHeartbeat size={16} />}
              onClick={() => actions.go("synthesise")}
            >
              Compare with synthetic
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => reported(saveRecord(record))}
            >
              Save its files
            </Button>
          </Group>
        )}
      </Group>
      {record !== null && selection !== null && (
        <>
          <Head record={record} known={known} />
          <Strips record={record} selection={selection} found={found} />
          <Findings hash={record.hash} />
          <BeatGallery hash={record.hash} annotated={found?.annotated ?? false} />
          <Words record={record} known={known} />
        </>
      )}
    </Stack>
  );
}

async function saveRecord({ hash }: OpenedRecord): Promise<void> {
  for (const { name, bytes } of await workers.records.exportRecord(hash)) {
    saveFile(name, "application/octet-stream", [bytes as Uint8Array<ArrayBuffer>]);
  }
}

function Head({ record, known }: { readonly record: OpenedRecord; readonly known: LibraryRecord | null }) {
  const facts = known === null ? [] : factsOf(known);
  return (
    <div>
      <Group gap="xs">
        <Title order={2} size="h3">
          {record.name}
        </Title>
        {known !== null && (
          <>
            <Badge color={record.nature === "standIn" ? "paperRed" : "gray"} variant="light" radius="sm">
              {datasets[known.dataset]}
            </Badge>
            <SyntheticBadge record={known} />
          </>
        )}
        {known?.labels.map((label) => (
          <Badge key={label} variant="default" radius="sm" tt="none" fw={500} title={meaningOf(label)}>
            {label}
            {known.likelihoods[label] > 0 && ` ${known.likelihoods[label]} %`}
          </Badge>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {[
          formatDuration(record.duration),
          `${record.leads.length} ${record.leads.length === 1 ? "lead" : "leads"}`,
          `${record.samplingFrequency} Hz`,
          ...facts,
        ].join(" · ")}
      </Text>
    </div>
  );
}

function factsOf({ patient, age, sex, fold, division, paced, quality, synthetic }: LibraryRecord): string[] {
  return [
    synthetic === undefined ? "" : originInWords(synthetic),
    patient === null ? "" : `patient ${patient}`,
    age === null ? "" : age >= 90 ? "90 years or more" : `${Math.round(age)} years`,
    sex ?? "",
    fold === null ? "" : `fold ${fold}`,
    division ?? "",
    paced ? "paced" : "",
    `signal ${quality}`,
  ].filter((fact) => fact !== "");
}

function Strips({
  record,
  selection,
  found,
}: {
  readonly record: OpenedRecord;
  readonly selection: RecordSelection;
  readonly found: FoundBeats | null;
}) {
  const [kinds, setKinds] = useState<readonly MarkKind[]>(
    record.annotations.length > 0 ? ["annotations"] : ["waves"],
  );
  const onFoundLead = found !== null && found.lead === selection.lead;
  const marks = useMemo(
    () => [
      ...(kinds.includes("annotations") ? annotationMarks(record) : []),
      ...(kinds.includes("rPeaks") && found !== null ? rPeakMarks(found) : []),
      ...(kinds.includes("waves") && found !== null && onFoundLead ? waveMarks(found) : []),
    ],
    [kinds, record, found, onFoundLead],
  );
  const names = record.leads.map(({ name }) => name);
  const offered = (Object.keys(markKinds) as MarkKind[]).filter((kind) =>
    kind === "annotations" ? record.annotations.length > 0 : found !== null,
  );
  return (
    <Stack gap="xs">
      {hasTwelveLeads(names) && <PrintedLeads record={record} start={selection.start} />}
      <Paper withBorder className={classes.stripCard} component="section" aria-label="Record on paper">
        <Group gap="xs" p="xs" className="noPrint">
          <Select
            size="xs"
            w={110}
            aria-label="Lead"
            allowDeselect={false}
            value={selection.lead}
            data={names}
            onChange={(lead) => lead !== null && actions.selectRecord({ ...selection, lead })}
          />
          <Chip.Group multiple value={[...kinds]} onChange={(value) => setKinds(value as MarkKind[])}>
            {offered.map((kind) => (
              <Chip key={kind} size="xs" value={kind} disabled={kind === "waves" && !onFoundLead}>
                {markKinds[kind]}
              </Chip>
            ))}
          </Chip.Group>
          <div className={classes.grow} />
          <PaperControls />
        </Group>
        {record.duration > longRecord && <Overview record={record} selection={selection} />}
        <RecordStrip record={record} selection={selection} marks={marks} />
      </Paper>
    </Stack>
  );
}

function PrintedLeads({ record, start }: { readonly record: OpenedRecord; readonly start: number }) {
  const gain = useStore(workbench, (state) => state.view.gain);
  const { pixelsPerMillimetre } = useStore(screenScale);
  const from = record.duration <= longRecord ? 0 : start;
  const leads = useAnswer(`${record.hash}/${from}`, () =>
    workers.records.readLeads(record.hash, from, from + printed),
  );
  if (leads === null) return null;
  return (
    <Paper
      withBorder
      className={classes.stripCard}
      w={twelveLeadSize.width * pixelsPerMillimetre + 2}
      maw="100%"
      data-testid="twelve-leads"
    >
      <TwelveLeads
        leads={leads}
        gain={gain}
        pixelsPerMillimetre={pixelsPerMillimetre}
        title={`${natures[record.nature].toUpperCase()} · ${record.name}`}
        label={`Twelve leads of ${record.name}, as printed`}
      />
    </Paper>
  );
}

function Words({ record, known }: { readonly record: OpenedRecord; readonly known: LibraryRecord | null }) {
  const lines = [
    ...(known?.report ? [`Report: ${known.report}`] : []),
    ...(known?.noiseNotes ?? []).map((note) => `Noise: ${note}`),
    ...record.comments,
    ...record.warnings.map((warning) => `Warning: ${warning}`),
  ];
  if (lines.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="Notes">
      <Text fw={600} mb={4}>
        Notes
      </Text>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike, and their list never changes
        <Text key={index} size="sm" c="dimmed">
          {line}
        </Text>
      ))}
    </Paper>
  );
}
