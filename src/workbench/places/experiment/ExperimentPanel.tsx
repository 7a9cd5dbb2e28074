import { Paper, Stack, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { findExperiment } from "../../../storage/experiments.ts";
import { runsNamed } from "../../../storage/runs.ts";
import { experiment } from "../../state/experiment.ts";
import { ExperimentHead } from "./ExperimentHead.tsx";
import { viewOf } from "./protocols.ts";

/** The experiment on the page: its cells as they are computed, and what came of it. */
export function ExperimentPanel() {
  const { shown, protocol } = useStore(experiment);
  const found = useLiveQuery(async () => (shown === null ? null : findExperiment(shown)), [shown]) ?? null;
  const runs = useLiveQuery(async () => (found === null ? [] : runsNamed(found.runs)), [found]) ?? [];
  if (found === null) return <Welcome words={viewOf(protocol).welcome} />;
  const view = viewOf(found.specification.kind);
  const finished = runs.filter(({ result }) => result !== null).length;
  return (
    <Stack gap="md" data-testid="experiment" data-finished={finished} data-total={found.runs.length}>
      <Paper withBorder p="md">
        <ExperimentHead found={found} runs={runs} view={view} />
      </Paper>
      <view.Results key={found.id} found={found} finished={finished} />
    </Stack>
  );
}

function Welcome({ words }: { readonly words: string }) {
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h4" mb="xs">
        Honest tables, on your recordings
      </Title>
      <Text size="sm" maw={680}>
        {words} Every training is kept: stop, reload, go on; nothing is computed twice. The tables say what
        the numbers can bear, and nothing is called better whose interval holds zero.
      </Text>
    </Paper>
  );
}
