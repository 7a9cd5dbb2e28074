import type { ImportReport } from "./importJob.ts";
export const standInFunctions = {
  async makeStandIn(): Promise<ImportReport> {
    throw new Error("not yet");
  },
};
