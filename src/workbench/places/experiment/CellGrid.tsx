import { Button, Group, Popover, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { AnyExperiment, AnyRun } from "../../../storage/trainings.ts";
import { reported } from "../../state/report.ts";
import { actions } from "../../state/store.ts";
import { trainingActions } from "../../state/training.ts";
import { workers } from "../../workers.ts";
import classes from "./experiment.module.css";

/** Every training of an experiment as a square: a click tells what it is, opens it, or leaves it out. */
export function CellGrid({
  found,
  runs,
  trained,
}: {
  readonly found: AnyExperiment;
  readonly runs: readonly AnyRun[];
  readonly trained: string | null;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const stateOf = (run: AnyRun) => {
    if (run.id === trained) return "running";
    if (run.result !== null) return "finished";
    if (found.skipped.includes(run.id)) return "skipped";
    if (run.state === "diverged" || run.state === "deviceLost") return "failed";
    return run.phases.length > 0 ? "begun" : "waiting";
  };
  return (
    <div className={classes.grid} data-testid="cells">
      {runs.map((run) => {
        const state = stateOf(run);
        return (
          <Popover
            key={run.id}
            opened={chosen === run.id}
            onChange={(opened) => setChosen(opened ? run.id : null)}
            withArrow
          >
            <Popover.Target>
              <button
                type="button"
                className={classes.cell}
                data-state={state}
                aria-label={`${run.name}, ${state}`}
                onClick={() => setChosen(chosen === run.id ? null : run.id)}
              />
            </Popover.Target>
            <Popover.Dropdown>
              <Stack gap={6}>
                <Text size="sm">{run.name}</Text>
                <Text size="xs" c="dimmed">
                  {state}
                  {run.message !== "" && `: ${run.message}`}
                </Text>
                <Group gap="xs">
                  <Button
                    size="compact-xs"
                    onClick={() => {
                      trainingActions.show(run.id);
                      actions.go("train");
                    }}
                  >
                    Open
                  </Button>
                  {run.result === null && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      onClick={() =>
                        reported(workers.training.skipCell(found.id, run.id, !found.skipped.includes(run.id)))
                      }
                    >
                      {found.skipped.includes(run.id) ? "Take in again" : "Leave out"}
                    </Button>
                  )}
                </Group>
              </Stack>
            </Popover.Dropdown>
          </Popover>
        );
      })}
    </div>
  );
}
