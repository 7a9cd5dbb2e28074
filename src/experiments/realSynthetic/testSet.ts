import type { CellSpecification, ExampleReference } from "../../domain/experiment.ts";
import type { SignalSet } from "../../neural/training/signalSet.ts";
import type { CellEnvironment, RealRecord } from "./runCell.ts";
import { syntheticSet } from "./synthetic.ts";
import type { Task } from "./tasks.ts";

/** Recordings that a network is tested on, with what names them. */
export interface Tested {
  readonly set: SignalSet;
  readonly examples: readonly ExampleReference[];
  readonly patients: readonly (string | null)[];
}

/** The recordings that a cell is tested on; null where it was stopped. */
export async function testSet(
  cell: CellSpecification,
  task: Task,
  real: readonly RealRecord[] | null,
  environment: CellEnvironment,
  stopped: () => boolean,
): Promise<Tested | null> {
  if (real !== null) return realTested(real, environment, stopped);
  const { preset, testPerClass } = cell.synthetic;
  // One test set for all splits, as with real recordings.
  const request = {
    task,
    preset,
    form: cell.form,
    side: "test",
    perClass: testPerClass,
    seed: cell.seed,
  } as const;
  const made = await syntheticSet(request, stopped, () => {});
  return made === null ? null : withoutPatients(made);
}

/** Real records to test on; null where it was stopped. */
export async function realTested(
  records: readonly RealRecord[],
  environment: CellEnvironment,
  stopped: () => boolean,
): Promise<Tested | null> {
  const set = await environment.realSignals(records, stopped);
  if (set === null) return null;
  const examples = records.map(({ hash, name }) => ({ kind: "record", hash, name }) as const);
  return { set, examples, patients: records.map(({ patient }) => patient) };
}

/** Synthetic recordings to test on. */
export function withoutPatients({ set, examples }: Omit<Tested, "patients">): Tested {
  return { set, examples, patients: examples.map(() => null) };
}
