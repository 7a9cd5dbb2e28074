import { Alert, Button, Center, Loader, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconClock, IconPlayerPlay } from "@tabler/icons-react";
import { useLiveQuery } from "dexie-react-hooks";
import { type ReactNode, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { ExperimentPlan } from "../../../../services/training/planning.ts";
import { listImports } from "../../../../storage/imports.ts";
import { formatCount, formatDuration } from "../../../format.ts";
import { hasTwins } from "../../../state/chosenTrainings.ts";
import { type Completion, protocolDraftActions, protocolDrafts } from "../../../state/protocolDrafts.ts";
import { reported } from "../../../state/report.ts";
import { training } from "../../../state/training.ts";
import layout from "../../train/train.module.css";
import { SourceFields } from "./SourceFields.tsx";
import { DraftKind, useDraft } from "./useDraft.ts";

/** What the larger preset is called, and what is said of it. */
export interface FullPreset {
  readonly label: string;
  readonly warning: string;
}

const paper: FullPreset = {
  label: "As in the paper",
  warning:
    "The paper's grid takes days on a laptop. Export its specification and compute it on many machines.",
};

/** The form of a protocol: preset, data, its own fields, what it will take, and the start. */
export function SetupFrame({
  kind,
  complete,
  full = paper,
  takesSecond = false,
  children,
}: {
  readonly kind: string;
  readonly complete: Completion;
  readonly full?: FullPreset;
  /** Whether there may be a second source of signals. */
  readonly takesSecond?: boolean;
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
        <Head kind={kind} full={full} />
        <SourceFields takesSecond={takesSecond} />
        {children}
        <Start kind={kind} complete={complete} />
      </Stack>
    </DraftKind>
  );
}

function Head({ kind, full }: { readonly kind: string; readonly full: FullPreset }) {
  const { name, preset, origin } = useDraft();
  return (
    <>
      {origin !== null && (
        <Text size="xs" c="dimmed" data-testid="origin">
          {origin}
        </Text>
      )}
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
          { value: "full", label: full.label },
        ]}
        onChange={(value) => protocolDraftActions.beginFrom(kind, value as typeof preset)}
      />
      {preset === "full" && (
        <Alert color="yellow" p="xs">
          <Text size="xs">{full.warning}</Text>
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
      {isPreparing && <Preparing />}
      {known !== null && (
        <Text size="xs" c="dimmed" mb={6} data-testid="plan">
          {planInWords(known)}
        </Text>
      )}
      {known === null ? (
        <Button
          fullWidth
          leftSection={<IconClock size={16} />}
          loading={isPreparing}
          disabled={isBusy || draft.name === "" || hasTwins(draft.fields)}
          onClick={() => reported(estimate())}
        >
          {isBusy ? "Computing …" : "Count and estimate"}
        </Button>
      ) : (
        <Button
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          loading={isPreparing}
          disabled={isBusy || known.cells === 0}
          onClick={() => reported(protocolDraftActions.start(known.specification))}
        >
          {isBusy ? "Computing …" : startInWords(known)}
        </Button>
      )}
    </div>
  );
}

/** What an estimate waits for. */
function Preparing() {
  const imports = useLiveQuery(listImports) ?? [];
  const made = imports.find(({ state }) => state === "running");
  return (
    <Text size="xs" c="dimmed" mb={6} role="status">
      {made === undefined
        ? "Reading the signals, counting, timing some steps …"
        : `Making patients: ${made.stored + made.duplicates} of ${made.total} …`}
    </Text>
  );
}

function startInWords({ cells, computed }: ExperimentPlan): string {
  const left = cells - computed;
  return left === 0 ? "Show: all are computed" : `Compute ${formatCount(left)} trainings`;
}

function planInWords({ cells, computed, networks, seconds, backend }: ExperimentPlan): string {
  const all = `${formatCount(cells)} trainings${computed === 0 ? "" : `, ${formatCount(computed)} of them computed`}`;
  if (cells === 0) {
    return "Nothing to compute: no patient has what is asked for. Ask for fewer beats, or choose more patients.";
  }
  if (cells === computed) return `${all}.`;
  const shared = networks > 0 ? `; ${formatCount(networks)} networks, as some are shared` : "";
  if (seconds === null) return `${all}${shared}.`;
  return `${all}${shared}: at most about ${formatDuration(seconds)} on ${backend ?? "this machine"}, less where they stop early.`;
}
