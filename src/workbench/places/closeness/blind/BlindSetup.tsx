import { Button, Group, MultiSelect, NumberInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useStore } from "zustand";
import { blindActions, blindTest } from "../../../state/blindTest.ts";
import { reported } from "../../../state/report.ts";
import { likeAll } from "../../../state/syntheticChoice.ts";
import layout from "../../train/train.module.css";
import { ClassControl } from "../ClassControl.tsx";
import { groupsOf, RealSelect, useSyntheticOptions } from "../SetSelects.tsx";

/** Which pictures a person is to judge, and how many. */
export function BlindSetup() {
  const { draft, sitting, isPreparing } = useStore(blindTest);
  const options = useSyntheticOptions();
  const chosen = (options ?? []).filter(({ value }) => draft.synthetic.includes(value));
  const known = chosen.map(({ classes }) => classes).filter((classes) => classes !== null);
  const forms = [...new Set(chosen.map(({ form }) => form).filter((form) => form !== null))];
  // What is judged must be made by all chosen generators.
  const made = {
    form: forms[0] ?? null,
    classes:
      known.length === 0 ? null : known.reduce((one, other) => one.filter((name) => other.includes(name))),
    likest: chosen[0]?.likest ?? likeAll,
  };
  const isBusy = isPreparing || sitting !== null;
  return (
    <Stack gap="sm" data-testid="blind-setup">
      <MultiSelect
        label="Synthetic pictures of"
        description="One generator or several; each gets as many pictures."
        searchable
        value={[...draft.synthetic]}
        data={groupsOf(options ?? [])}
        onChange={(synthetic) => blindActions.draft({ synthetic })}
      />
      <RealSelect value={draft.real} onChange={(real) => blindActions.draft({ real })} />
      <ClassControl
        real={draft.real}
        value={draft}
        made={made}
        isBusy={isBusy}
        onChange={blindActions.draft}
      />
      <Group grow gap="xs">
        <NumberInput
          label="Pictures"
          min={2}
          max={400}
          step={10}
          allowDecimal={false}
          value={draft.trials}
          onChange={(value) => blindActions.draft({ trials: evenWithin(2, 400, value) })}
        />
        <NumberInput
          label="Seed"
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={draft.seed}
          onChange={(value) => blindActions.draft({ seed: Math.max(0, Math.round(Number(value) || 0)) })}
        />
      </Group>
      <TextInput
        label="Who judges"
        description="Kept in this browser only; a class can write its name."
        maxLength={60}
        value={draft.judge}
        onChange={({ currentTarget }) => blindActions.draft({ judge: currentTarget.value })}
      />
      <Switch
        label="Ask how sure"
        checked={draft.withConfidence}
        onChange={({ currentTarget }) => blindActions.draft({ withConfidence: currentTarget.checked })}
      />
      <Text size="xs" c="dimmed">
        {forms.length > 1
          ? "Some of these make beats, others recordings: choose those of one kind."
          : "Half of the pictures are real. Nothing tells which until the end."}
      </Text>
      <div className={layout.start}>
        <Button
          fullWidth
          leftSection={<IconEye size={16} />}
          disabled={isBusy || draft.synthetic.length === 0 || forms.length > 1}
          onClick={() => reported(blindActions.start())}
        >
          {isPreparing ? "Drawing pictures …" : "Begin the test"}
        </Button>
      </div>
    </Stack>
  );
}

const evenWithin = (least: number, most: number, value: string | number) =>
  2 * Math.round(Math.min(most, Math.max(least, Number(value) || least)) / 2);
