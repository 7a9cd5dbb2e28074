import { connect } from "../boundary/connect.ts";
import type { LibraryService } from "../services/library.ts";
import type { SynthesisService } from "../services/synthesis.ts";

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
};
