import { Button, Group, NumberInput, Paper, Progress, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconScale, IconStack2 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { GeneratedForm } from "../../../domain/generation.ts";
import type { GeneratorDescription } from "../../../generators/generator.ts";
import type { MakingProgress } from "../../../services/training/making.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { formatCount, formatDuration } from "../../format.ts";
import { saveFile } from "../../saveFile.ts";
import { measure } from "../../state/measuring.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";
import { ClassSelect } from "./ClassSelect.tsx";

const usualCounts = { beats: 500, recordings: 100 } as const satisfies Readonly<
  Record<GeneratedForm, number>
>;
const formLabels = { beats: "Beats", recordings: "Recordings" } as const satisfies Readonly<
  Record<GeneratedForm, string>
>;

/** ms between two looks at how far the making of signals is. */
const lookEvery = 400;

/** What a trained generator gives: its weights, and new beats as files or among the records. */
export function OutputPanel({
  found,
  model,
}: {
  readonly found: StoredGeneration;
  readonly model: GeneratorDescription;
}) {
  const { form, classes: names } = found.specification;
  const [count, setCount] = useState<number>(usualCounts[form]);
  const [seed, setSeed] = useState(1);
  const [label, setLabel] = useState<number | null>(null);
  const [isBusy, setBusy] = useState(false);
  const request = { count, seed, label };
  const saved = async (file: Promise<{ fileName: string; mediaType: string; bytes: Uint8Array }>) => {
    const { fileName, mediaType, bytes } = await file;
    saveFile(fileName, mediaType, [bytes as Uint8Array<ArrayBuffer>]);
  };
  const keep = async () => {
    const made = await workers.training.generatedRecord(found.id, request);
    const cohortName = `${found.name}, synthetic, seed ${seed}`;
    const cohort = await workers.records.keepGenerated(found.id, made, cohortName);
    notifications.show({
      title: "Kept among the records",
      message: `${formatCount(count)} synthetic ${form} as ${form === "beats" ? `the record ${made.text}` : `records ${made.text} …`} and the cohort “${cohort.name}”.`,
    });
  };
  const busy = (work: () => Promise<void>) => {
    setBusy(true);
    reported(work().finally(() => setBusy(false)));
  };
  const progress = useMaking(isBusy);
  return (
    <Paper withBorder p="md" component="section" aria-label="What it gives" data-testid="output">
      <Title order={2} size="h5">
        New {form}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        Synthetic, in mV, labelled as such in every file. Each is drawn anew from the generator; the same seed
        gives the same.
      </Text>
      <Group align="flex-end" gap="xs">
        <NumberInput
          size="xs"
          label={formLabels[form]}
          w={110}
          min={1}
          max={20_000}
          allowDecimal={false}
          value={count}
          onChange={(value) => setCount(Math.max(1, Math.round(Number(value) || 1)))}
        />
        <NumberInput
          size="xs"
          label="Their seed"
          w={110}
          min={0}
          allowDecimal={false}
          value={seed}
          onChange={(value) => setSeed(Math.max(0, Math.round(Number(value) || 0)))}
        />
        <ClassSelect names={names} value={label} label="Of class" offersAll onChange={setLabel} />
        <Button size="xs" leftSection={<IconStack2 size={15} />} loading={isBusy} onClick={() => busy(keep)}>
          Use as a cohort
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          disabled={isBusy}
          onClick={() => busy(() => saved(workers.training.exportSignals(found.id, request, "wfdb")))}
        >
          {formLabels[form]} as WFDB
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          disabled={isBusy}
          onClick={() => busy(() => saved(workers.training.exportSignals(found.id, request, "csv")))}
        >
          {formLabels[form]} as CSV
        </Button>
        {model.isTrained && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
            disabled={isBusy}
            onClick={() => busy(() => saved(workers.training.exportGenerator(found.id)))}
          >
            Generator
          </Button>
        )}
      </Group>
      {progress !== null && (
        <Group mt="xs" gap="xs" wrap="nowrap" data-testid="making">
          <Progress
            flex={1}
            size="sm"
            value={(100 * progress.done) / progress.of}
            aria-label="Signals made"
          />
          <Text size="xs" c="dimmed">
            {formatCount(progress.done)} of {formatCount(progress.of)}
            {progress.secondsLeft !== null && `, about ${formatDuration(progress.secondsLeft)} left`}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => reported(workers.training.stopMaking())}>
            Stop
          </Button>
        </Group>
      )}
      <Worth found={found} model={model} />
    </Paper>
  );
}

/** The way to the experiment that tells whether the generator's signals are worth anything. */
function Worth({ found, model }: { readonly found: StoredGeneration; readonly model: GeneratorDescription }) {
  const open = async () => {
    await measure(found, model);
    // The form is at the top.
    window.scrollTo({ top: 0 });
  };
  return (
    <Group mt="sm" gap="xs" justify="space-between">
      <Text size="xs" c="dimmed" flex="1 1 240px">
        Do they make a classifier better? An experiment trains this generator anew with the same values,
        beside controls.
      </Text>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconScale size={15} />}
        onClick={() => reported(open())}
      >
        Measure these settings
      </Button>
    </Group>
  );
}

/** How far the making of signals is, looked at while it goes on. */
function useMaking(isOn: boolean): MakingProgress | null {
  const [progress, setProgress] = useState<MakingProgress | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => reported(workers.training.makingProgress().then(setProgress)), lookEvery);
    return () => {
      clearInterval(timer);
      setProgress(null);
    };
  }, [isOn]);
  return progress;
}
