import { Accordion, Button, NumberInput, Select, Stack, Switch, Text } from "@mantine/core";
import { IconRulerMeasure } from "@tabler/icons-react";
import { useStore } from "zustand";
import { closeness, closenessActions } from "../../state/closeness.ts";
import { reported } from "../../state/report.ts";
import { likeAll } from "../../state/syntheticChoice.ts";
import layout from "../train/train.module.css";
import { ClassControl } from "./ClassControl.tsx";
import { groupsOf, RealSelect, useSyntheticOptions } from "./SetSelects.tsx";

/** What is compared with what, and how. */
export function ClosenessSetup() {
  const draft = useStore(closeness, (state) => state.draft);
  const isBusy = useStore(closeness, (state) => state.running !== null);
  const options = useSyntheticOptions();
  const chosen = options?.find(({ value }) => value === draft.synthetic) ?? null;
  const made = {
    form: chosen?.form ?? null,
    classes: chosen?.classes ?? null,
    likest: chosen?.likest ?? likeAll,
  };
  return (
    <Stack gap="sm" data-testid="closeness-setup">
      <Select
        label="Synthetic set"
        description="Trained generators of the place Generate appear here by themselves."
        allowDeselect={false}
        searchable
        value={draft.synthetic}
        data={groupsOf(options ?? [])}
        onChange={(value) => value !== null && closenessActions.draft({ synthetic: value })}
      />
      <RealSelect value={draft.real} onChange={(real) => closenessActions.draft({ real })} />
      <ClassControl
        real={draft.real}
        value={draft}
        made={made}
        isBusy={isBusy}
        onChange={closenessActions.draft}
      />
      <Select
        label="Compare"
        allowDeselect={false}
        value={draft.scaling}
        data={[
          { value: "none", label: "Amplitudes as they are" },
          { value: "mean", label: "Amplitudes without each row's offset" },
          { value: "standardise", label: "Shapes only" },
        ]}
        onChange={(value) =>
          value !== null && closenessActions.draft({ scaling: value as typeof draft.scaling })
        }
      />
      <Switch
        label="Train classifiers too"
        description="Two-sample test, features of a fixed classifier, and usefulness: minutes instead of seconds."
        checked={draft.classifiers}
        onChange={({ currentTarget }) => closenessActions.draft({ classifiers: currentTarget.checked })}
      />
      <Accordion variant="separated" chevronSize={16}>
        <Accordion.Item value="more">
          <Accordion.Control>Rows and seed</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="xs">
              <NumberInput
                size="xs"
                label="Rows of each set at most"
                min={12}
                max={2000}
                step={100}
                allowDecimal={false}
                value={draft.rows}
                onChange={(value) => closenessActions.draft({ rows: within(12, 2000, value) })}
              />
              <NumberInput
                size="xs"
                label="Seed"
                min={0}
                max={1_000_000}
                allowDecimal={false}
                value={draft.seed}
                onChange={(value) => closenessActions.draft({ seed: within(0, 1_000_000, value) })}
              />
              <Text size="xs" c="dimmed">
                Real patients are divided: those that were learned from, and those held out. No patient is on
                both sides.
              </Text>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <div className={layout.start}>
        <Button
          fullWidth
          leftSection={<IconRulerMeasure size={16} />}
          disabled={isBusy || options === null}
          onClick={() => reported(closenessActions.start())}
        >
          {isBusy ? "Measuring …" : "Measure"}
        </Button>
      </div>
    </Stack>
  );
}

const within = (least: number, most: number, value: string | number) =>
  Math.min(most, Math.max(least, Math.round(Number(value) || least)));
