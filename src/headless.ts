import { connect } from "./boundary/connect.ts";
import { type Outcome, packError } from "./boundary/protocol.ts";
import type { DistantCell } from "./services/training/distantCells.ts";
import type { TrainingService } from "./services/training/service.ts";

/** What the page without a face offers to the program that opened it, as `window.workbench`. */
export interface HeadlessWorkbench {
  /** The worker's `computeDistantCell`; errors come as data, for a Failure would lose its fields on the way. */
  computeCell(request: DistantCell): Promise<Outcome>;
}

const training = connect<TrainingService>(
  () => new Worker(new URL("../workers/training.ts", import.meta.url), { type: "module", name: "training" }),
  // A step of a large network may take many seconds.
  { silence: 300_000 },
);

const workbench: HeadlessWorkbench = {
  async computeCell(request) {
    try {
      return { kind: "value", value: await training.computeDistantCell(request) };
    } catch (error) {
      return packError(error);
    }
  },
};
Object.assign(window, { workbench });
