import { Anchor, Button, Group, Paper, Progress, Select, Stack, Text } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { latest } from "../../../boundary/latest.ts";
import type { SimulatedRecording } from "../../../simulators/simulator.ts";
import { countModels } from "../../../storage/runs.ts";
import { onFrame } from "../../state/live.ts";
import { asFailure, reported } from "../../state/report.ts";
import { actions, pictureOf, schemaFor, workbench } from "../../state/store.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";
import classes from "./synthesise.module.css";

/** A trained network that judges the synthetic recording while the sliders move. */
export function ClassifierCard() {
  const count = useLiveQuery(countModels) ?? 0;
  const networks = useAnswer(`networks ${count}`, () => workers.training.listNetworks(), true);
  const [chosen, setChosen] = useState<string | null>(null);
  const [probability, setProbability] = useState<number | null>(null);
  const network = networks?.find(({ id }) => id === chosen) ?? null;
  useEffect(() => {
    setProbability(null);
    if (network === null) return;
    let gone = false;
    const ask = latest(
      ({ samples, samplingFrequency }: SimulatedRecording) =>
        workers.training.judge(network.id, samples, samplingFrequency),
      (answer) => {
        if (!gone) setProbability(answer);
      },
      (error) => actions.report(asFailure(error)),
    );
    const stop = onFrame(({ recording }) => ask(recording));
    return () => {
      gone = true;
      stop();
    };
  }, [network]);
  return (
    <Paper withBorder p="sm" className={classes.card} component="section" aria-label="A classifier's opinion">
      <Stack gap="xs" data-testid="classifier" data-probability={probability ?? undefined}>
        <Group justify="space-between" gap="md">
          <Select
            size="xs"
            w={360}
            maw="100%"
            label="A classifier's opinion of this recording"
            placeholder={count === 0 ? "No network has been trained yet" : "Choose a trained network"}
            clearable
            value={network?.id ?? null}
            data={(networks ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            disabled={count === 0}
            onChange={setChosen}
          />
          {count === 0 && (
            <Anchor component="button" type="button" size="xs" onClick={() => actions.go("train")}>
              Train one in less than a minute
            </Anchor>
          )}
          {network !== null && probability !== null && (
            <Text size="sm">
              {network.task}: <b>{(100 * probability).toFixed(1)} %</b>
            </Text>
          )}
        </Group>
        {network !== null && <MindChanger networkId={network.id} />}
        {network !== null && (
          <Progress
            value={100 * (probability ?? 0)}
            color={(probability ?? 0) >= 0.5 ? "paperRed" : "teal"}
            aria-label={`Probability of ${network.task.toLowerCase()}`}
          />
        )}
      </Stack>
    </Paper>
  );
}

/** Walks the waves to the nearest recording about which the network decides otherwise, and shows what had to change. */
function MindChanger({ networkId }: { readonly networkId: string }) {
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState("");
  const picture = useStore(workbench, pictureOf);
  const changeMind = async () => {
    setBusy(true);
    try {
      const { found, values, path } = await workers.training.changeMind(networkId, picture);
      const schema = schemaFor(picture);
      const changes = Object.entries(values)
        .flatMap(([key, value]) => {
          const field = schema[key];
          const before = Number(picture.overrides[key] ?? field?.default);
          if (field?.kind !== "number" || before === value) return [];
          const share = Math.abs(value - before) / (field.maximum - field.minimum);
          const name = `${field.section} ${field.label.toLowerCase()}`;
          return [
            {
              share,
              text: `${name} ${before.toPrecision(3)} → ${value.toPrecision(3)} ${field.unit}`.trim(),
            },
          ];
        })
        .sort((one, other) => other.share - one.share);
      if (found) actions.setValues(values, null);
      const most = changes.slice(0, 3).map(({ text }) => text);
      setWords(
        found
          ? `Flipped. Most had to change: ${most.join(", ")}. Undo brings it back.`
          : `Nothing within the sliders' ranges flips it; it came to ${(100 * (path.at(-1) ?? 0)).toFixed(0)} %.`,
      );
    } finally {
      setBusy(false);
    }
  };
  const isPossible = picture.simulator === "gaussian" && picture.variation === "exact";
  return (
    <Group gap="sm">
      <Button
        size="compact-sm"
        variant="default"
        loading={busy}
        disabled={!isPossible}
        onClick={() => reported(changeMind())}
      >
        What would change its mind?
      </Button>
      <Text size="xs" c="dimmed" data-testid="mind">
        {isPossible ? words : "Possible for exact recordings of the Gaussian simulator."}
      </Text>
    </Group>
  );
}
