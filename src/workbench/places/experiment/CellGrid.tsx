import { Button, Group, Popover, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { isOfRecordings } from "../../../storage/runs.ts";
import type { AnyExperiment, AnyRun } from "../../../storage/trainings.ts";
import { formatDuration } from "../../format.ts";
import { reported } from "../../state/report.ts";
import { actions } from "../../state/store.ts";
import { trainingActions } from "../../state/training.ts";
import { workers } from "../../workers.ts";
import classes from "./experiment.module.css";
import type { ProtocolView } from "./protocols.ts";

/** Every training of an experiment as a square: a click tells what it is, opens it, or leaves it out. */
export function CellGrid({
  found,
  runs,
  trained,
  view,
}: {
  readonly found: AnyExperiment;
  readonly runs: readonly AnyRun[];
  readonly trained: string | null;
  readonly view: ProtocolView;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const stateOf = (run: AnyRun) => {
    if (run.id === trained) return "running";
    if (run.result !== null) return "finished";
    if (found.skipped.includes(run.id)) return "skipped";
    if (run.state === "diverged" || run.state === "deviceLost") return "failed";
    return run.phases.length > 0 ? "begun" : "waiting";
  };
  const words = ({ result }: AnyRun) => (result === null ? null : view.resultInWords(result));
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
            width={340}
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
                  {run.result !== null &&
                    `, ${formatDuration(run.seconds)}${run.backend === null ? "" : ` on ${run.backend.name}`}`}
                </Text>
                {words(run) !== null && <Text size="xs">{words(run)}</Text>}
                {run.notes.map((note) => (
                  <Text key={note} size="xs" c="dimmed">
                    {note}
                  </Text>
                ))}
                <Group gap="xs">
                  {isOfRecordings(run) && (
                    <Button
                      size="compact-xs"
                      onClick={() => {
                        trainingActions.show(run.id);
                        actions.go("train");
                      }}
                    >
                      Open
                    </Button>
                  )}
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
