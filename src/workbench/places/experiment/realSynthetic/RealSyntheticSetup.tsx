import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useStore } from "zustand";
import {
  type Setting,
  settings,
  settingTitles,
  type TaskName,
  taskNames,
} from "../../../../domain/experiment.ts";
import {
  paperPositives,
  positivesOf,
  realSynthetic,
  realSyntheticActions,
} from "../../../state/realSynthetic.ts";
import { reported } from "../../../state/report.ts";
import { actions } from "../../../state/store.ts";
import { training } from "../../../state/training.ts";
import { RealSelect } from "../../train/RealSelect.tsx";
import layout from "../../train/train.module.css";

/** What the grid is made of; recordings and hyper-parameters are those set up under Train. */
export function RealSyntheticSetup() {
  const description = useStore(training, (state) => state.description);
  const { draft } = useStore(realSynthetic);
  const single = useStore(training, (state) => state.draft);
  const busy = useStore(training, (state) => state.running !== null);
  const positives = positivesOf(draft.positives);
  const isSynthetic = single.realSource === "none";
  const chosen = isSynthetic ? draft.settings.filter((setting) => setting === "synthetic") : draft.settings;
  const perSplit = chosen.reduce(
    (sum, setting) => sum + (setting === "synthetic" ? 1 : (positives?.length ?? 0)),
    0,
  );
  const lacksBudget = draft.isSearched && draft.trials === null && draft.minutes === null;
  if (description === null) return null;
  const cells = draft.tasks.length * draft.architectures.length * draft.runs * perSplit;
  return (
    <Stack gap="sm" data-testid="experiment-setup">
      <TextInput
        label="Name"
        value={draft.name}
        onChange={(event) => realSyntheticActions.draft({ name: event.currentTarget.value })}
      />
      <MultiSelect
        label="Abnormalities, each against normal"
        value={[...draft.tasks]}
        data={taskNames.map((name) => ({ value: name, label: description.tasks[name].title }))}
        onChange={(values) => realSyntheticActions.draft({ tasks: values as TaskName[] })}
      />
      <MultiSelect
        label="Architectures"
        value={[...draft.architectures]}
        data={Object.entries(description.architectures)
          .filter(([, { isOfBeats }]) => isOfBeats !== true)
          .map(([value, { title }]) => ({ value, label: title }))}
        onChange={(values) => realSyntheticActions.draft({ architectures: values })}
      />
      <RealSelect />
      {isSynthetic && (
        <Alert color="yellow" p="xs">
          <Text size="xs">
            Without real recordings only {settingTitles.synthetic} can be computed. Import some, or{" "}
            <Anchor
              component="button"
              type="button"
              size="xs"
              c="inherit"
              underline="always"
              onClick={() => actions.go("records")}
            >
              make the simulated stand-in
            </Anchor>
            .
          </Text>
        </Alert>
      )}
      <Checkbox.Group
        label="Settings"
        value={[...chosen]}
        onChange={(values) => realSyntheticActions.draft({ settings: values as Setting[] })}
      >
        <Group gap="md" mt={4}>
          {settings.map((setting) => (
            <Checkbox
              key={setting}
              size="xs"
              value={setting}
              label={settingTitles[setting]}
              disabled={isSynthetic && setting !== "synthetic"}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Group grow align="flex-start">
        <NumberInput
          label="Runs of each"
          description="The paper: 5"
          min={1}
          max={50}
          allowDecimal={false}
          value={draft.runs}
          onChange={(value) =>
            realSyntheticActions.draft({ runs: Math.max(1, Math.round(Number(value) || 1)) })
          }
        />
        <TextInput
          label="Positives at most"
          description="all, or a list"
          error={positives === null ? "Numbers from 1, and all" : null}
          value={draft.positives}
          onChange={(event) => realSyntheticActions.draft({ positives: event.currentTarget.value })}
        />
      </Group>
      <Text size="xs" c="dimmed">
        The paper's scarce-data sweep:{" "}
        <Anchor
          component="button"
          type="button"
          size="xs"
          onClick={() => realSyntheticActions.draft({ positives: paperPositives })}
        >
          {paperPositives}
        </Anchor>
        . Recordings, networks and training are those set up under{" "}
        <Anchor component="button" type="button" size="xs" onClick={() => actions.go("train")}>
          Train
        </Anchor>
        .
      </Text>
      <SearchFields />
      <div className={layout.start}>
        <Button
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          disabled={busy || positives === null || cells === 0 || lacksBudget}
          onClick={() => reported(realSyntheticActions.start())}
        >
          {busy
            ? "Computing …"
            : `${draft.isSearched ? "Search, then compute" : "Compute"} ${cells} trainings`}
        </Button>
      </div>
    </Stack>
  );
}

/** Whether hyper-parameters are those set up, or searched for, and how long. */
function SearchFields() {
  const { isSearched, trials, minutes } = useStore(realSynthetic, ({ draft }) => draft);
  const limit = (value: string | number) =>
    value === "" ? null : Math.max(1, Math.round(Number(value) || 1));
  return (
    <div>
      <Switch
        label="Search hyper-parameters first"
        description="For each abnormality, architecture and setting; otherwise those set up under Train"
        checked={isSearched}
        onChange={(event) => realSyntheticActions.draft({ isSearched: event.currentTarget.checked })}
      />
      {isSearched && (
        <Group grow align="flex-start" mt="xs">
          <NumberInput
            label="Trials of each"
            placeholder="no limit"
            min={1}
            allowDecimal={false}
            value={trials ?? ""}
            error={trials === null && minutes === null ? "Give either" : null}
            onChange={(value) => realSyntheticActions.draft({ trials: limit(value) })}
          />
          <NumberInput
            label="Minutes of each"
            placeholder="no limit"
            min={1}
            allowDecimal={false}
            value={minutes ?? ""}
            onChange={(value) => realSyntheticActions.draft({ minutes: limit(value) })}
          />
        </Group>
      )}
    </div>
  );
}
