import { runCell } from "../../experiments/realSynthetic/runCell.ts";
import type { BackendInfo } from "../../neural/backend/backends.ts";
import { storeEnvironment, storeHooks } from "../../services/training/cellStore.ts";
import { followed, withoutWeights } from "../../services/training/distantCells.ts";
import type { CellComputer } from "./cellComputer.ts";

/** Computes cells in this process. @param backend the one that is open */
export function nodeComputer(backend: BackendInfo): CellComputer {
  return {
    async compute(cell, store, search) {
      const environment = await storeEnvironment(cell, store);
      const checkpoint = await store.checkpoint();
      const { hooks, report } = followed(cell, search, storeHooks(store), checkpoint);
      const outcome = await runCell(cell, environment, hooks, checkpoint);
      return { backend, outcome: withoutWeights(outcome), trial: report() };
    },
    close: async () => {},
  };
}
