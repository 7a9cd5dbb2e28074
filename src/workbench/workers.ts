import { connect } from "../boundary/connect.ts";
import type { LibraryService } from "../services/library.ts";
import type { ReportService } from "../services/reports.ts";
import type { SynthesisService } from "../services/synthesis.ts";
import type { TrainingService } from "../services/training/service.ts";

/** The page's workers; each starts with its first call. */
export const workers = {
  synthesis: connect<SynthesisService>(
    () =>
      new Worker(new URL("../../workers/synthesis.ts", import.meta.url), {
        type: "module",
        name: "synthesis",
      }),
  ),
  records: connect<LibraryService>(
    () =>
      new Worker(new URL("../../workers/records.ts", import.meta.url), { type: "module", name: "records" }),
    { silence: 60_000 },
  ),
  // A step of a large network may take many seconds.
  training: connect<TrainingService>(
    () =>
      new Worker(new URL("../../workers/training.ts", import.meta.url), { type: "module", name: "training" }),
    { silence: 300_000 },
  ),
  // An interval over thousands of resamples of many beats takes its time.
  reports: connect<ReportService>(
    () =>
      new Worker(new URL("../../workers/reports.ts", import.meta.url), { type: "module", name: "reports" }),
    { silence: 300_000 },
  ),
};
