import {
  Alert,
  Button,
  Center,
  Group,
  Loader,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconClock, IconPlayerPlay } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { ExperimentPlan } from "../../../../services/training/planning.ts";
import { formatCount, formatDuration } from "../../../format.ts";
import { type Completion, protocolDraftActions, protocolDrafts } from "../../../state/protocolDrafts.ts";
import { reported } from "../../../state/report.ts";
import { training } from "../../../state/training.ts";
import layout from "../../train/train.module.css";
import { SourceFields } from "./SourceFields.tsx";
import { DraftKind, useDraft } from "./useDraft.ts";

/** The form of a protocol: preset, data, its own fields, what it will take, and the start. */
export function SetupFrame({
  kind,
  complete,
  children,
}: {
  readonly kind: string;
  readonly complete: Completion;
  readonly children: ReactNode;
}) {
  const isKnown = useStore(protocolDrafts, ({ drafts }) => drafts[kind] !== undefined);
  useEffect(() => reported(protocolDraftActions.learn()), []);
  if (!isKnown) {
    return (
      <Center h={120}>
        <Loader type="bars" aria-label="Loading the protocol" />
      </Center>
    );
  }
  return (
    <DraftKind value={kind}>
      <Stack gap="sm" data-testid="experiment-setup">
        <Head kind={kind} />
        <SourceFields />
        {children}
        <Start kind={kind} complete={complete} />
      </Stack>
    </DraftKind>
  );
}

function Head({ kind }: { readonly kind: string }) {
  const { name, preset } = useDraft();
  return (
    <>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => protocolDraftActions.draft(kind, { name: event.currentTarget.value })}
      />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Size"
        value={preset}
        data={[
          { value: "quick", label: "A quick look" },
          { value: "full", label: "As in the paper" },
        ]}
        onChange={(value) => protocolDraftActions.beginFrom(kind, value as typeof preset)}
      />
      {preset === "full" && (
        <Alert color="yellow" p="xs">
          <Text size="xs">
            The paper's grid takes days on a laptop. Export its specification and compute it on many machines.
          </Text>
        </Alert>
      )}
    </>
  );
}

/** What it will take, told before it begins, and the start. */
function Start({ kind, complete }: { readonly kind: string; readonly complete: Completion }) {
  const draft = useDraft();
  const isBusy = useStore(training, (state) => state.running !== null);
  const isPreparing = useStore(protocolDrafts, (state) => state.isPreparing);
  const [plan, setPlan] = useState<{ readonly of: typeof draft; readonly told: ExperimentPlan } | null>(null);
  const estimate = async () => {
    setPlan({ of: draft, told: await protocolDraftActions.plan(kind, complete) });
  };
  const known = plan !== null && plan.of === draft ? plan.told : null;
  return (
    <div className={layout.start}>
      {known !== null && (
        <Text size="xs" c="dimmed" mb={6} data-testid="plan">
          {planInWords(known)}
        </Text>
      )}
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          leftSection={<IconClock size={16} />}
          loading={isPreparing}
          disabled={isBusy}
          onClick={() => reported(estimate())}
        >
          Estimate
        </Button>
        <Button
          flex={1}
          leftSection={<IconPlayerPlay size={16} />}
          disabled={isBusy || isPreparing || draft.name === ""}
          onClick={() => reported(protocolDraftActions.start(kind, complete))}
        >
          {isBusy ? "Computing …" : "Compute"}
        </Button>
      </Group>
    </div>
  );
}

function planInWords({ cells, computed, networks, seconds, backend }: ExperimentPlan): string {
  const all = `${formatCount(cells)} trainings${computed === 0 ? "" : `, ${formatCount(computed)} of them computed`}`;
  if (cells === computed) return `${all}.`;
  const shared = networks > 0 ? `; ${formatCount(networks)} networks, as some are shared` : "";
  if (seconds === null) return `${all}${shared}.`;
  return `${all}${shared}: at most about ${formatDuration(seconds)} on ${backend ?? "this machine"}, less where they stop early.`;
}
