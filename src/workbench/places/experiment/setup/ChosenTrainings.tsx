import { Accordion, Button, Group, Text } from "@mantine/core";
import { IconCopyPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { distinctTitles, type NamedTraining } from "../../../../domain/distinctTitles.ts";
import { hasSameValues } from "../../../../domain/schema.ts";
import type { OfferedTraining } from "../../../../generators/generator.ts";
import { formatCount } from "../../../format.ts";
import {
  type ChosenField,
  isTwin,
  type OfferedChoice,
  type OfferedModel,
  withAgain,
  withTraining,
} from "../../../state/chosenTrainings.ts";
import classes from "./setup.module.css";
import { ChosenPlace, TrainingSettings } from "./TrainingSettings.tsx";
import { useChosen } from "./useChosen.ts";

/** The settings of each chosen generator, folded away. */
export function ChosenTrainings({
  field,
  offered,
  allowsTwice,
}: {
  readonly field: ChosenField;
  readonly offered: readonly OfferedChoice[];
  readonly allowsTwice: boolean;
}) {
  const [list, change] = useChosen(field);
  const [open, setOpen] = useState<string | null>(null);
  const choiceOf = (name: string) => offered.find(({ value }) => value === name);
  const titles = distinctTitles(list, (name) => {
    const choice = choiceOf(name);
    return { title: choice?.label ?? name, hyperparameters: choice?.model?.hyperparameters ?? {} };
  });
  const again = (at: number) => {
    change(withAgain(list, at));
    setOpen(String(at + 1));
  };
  const remove = (at: number) => {
    change(list.toSpliced(at, 1));
    setOpen(null);
  };
  const shown = list.flatMap((training, at) => {
    const model = choiceOf(training.name)?.model ?? null;
    return model === null ? [] : [{ training, at, model }];
  });
  if (shown.length === 0) return null;
  return (
    <Accordion
      variant="contained"
      chevronSize={16}
      value={open}
      onChange={setOpen}
      classNames={{ control: classes.control, label: classes.label, content: classes.content }}
      data-testid="chosen-trainings"
    >
      {shown.map(({ training, at, model }) => (
        <Accordion.Item key={at} value={String(at)}>
          <Accordion.Control>
            {titles[at]}
            <Text span display="block" size="xs" c={isTwin(list, at) ? "red" : "dimmed"}>
              {isTwin(list, at) ? "The same as the one above: change a value" : inWords(training, model)}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            {open === String(at) && (
              <ChosenPlace value={{ field, at }}>
                <TrainingSettings
                  training={training}
                  model={model}
                  onChange={(changes) => change(withTraining(list, at, changes))}
                />
                <Group gap="xs" mt="xs">
                  {allowsTwice && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      leftSection={<IconCopyPlus size={14} />}
                      onClick={() => again(at)}
                    >
                      Add with other values
                    </Button>
                  )}
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="gray"
                    leftSection={<IconTrash size={14} />}
                    onClick={() => remove(at)}
                  >
                    Leave out
                  </Button>
                </Group>
              </ChosenPlace>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

/** How long a generator is trained and with what, in a line. */
function inWords(training: NamedTraining, { isTrained, trainings }: OfferedModel): string {
  const { hyperparameters, iterations } = training;
  const hasThoseOf = (offered: OfferedTraining | null = null) =>
    offered !== null && hasSameValues(offered.hyperparameters, hyperparameters);
  const values = hasThoseOf(trainings.usual)
    ? "usual values"
    : hasThoseOf(trainings.short)
      ? "values of the short training"
      : hasThoseOf(trainings.released)
        ? "as released"
        : `${Object.keys(hyperparameters).length} values set`;
  return `${isTrained ? `${formatCount(iterations)} iterations` : "Not trained"} · ${values}`;
}
