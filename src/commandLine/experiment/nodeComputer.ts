import type { BackendInfo } from "../../neural/backend/backends.ts";
import { homeHooks } from "../../services/training/cellHome.ts";
import { followed, withoutWeights } from "../../services/training/distantCells.ts";
import type { CellComputer } from "./cellComputer.ts";

/** Computes cells in this process. @param backend the one that is open */
export function nodeComputer(backend: Pick<BackendInfo, "name" | "adapter">): CellComputer {
  return {
    async compute(protocol, cell, home, search) {
      const training = await protocol.training();
      const checkpoint = await home.checkpoint();
      const { hooks, report } = followed(cell, search, homeHooks(home), checkpoint);
      const outcome = await training.run(cell, home, hooks, checkpoint);
      return { backend, outcome: withoutWeights(outcome), trial: report() };
    },
    close: async () => {},
  };
}
