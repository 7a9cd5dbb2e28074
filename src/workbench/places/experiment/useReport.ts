import { startTransition, useEffect, useMemo, useState } from "react";
import { latest } from "../../../boundary/latest.ts";
import { asFailure } from "../../state/report.ts";
import { actions } from "../../state/store.ts";
import { workers } from "../../workers.ts";

/**
 * A table or figure of an experiment, computed anew as cells end; the last one stays meanwhile, and cells that end faster
 * than tables can be computed are told together.
 * @param question as the protocol takes it
 * @param finished cells that have ended
 */
export function useReport<Report>(experiment: string, question: unknown, finished: number): Report | null {
  const [report, setReport] = useState<Report | null>(null);
  const ask = useMemo(
    () =>
      latest(
        ({ id, own }: { readonly id: string; readonly own: unknown }) =>
          workers.reports.experimentReport(id, own) as Promise<Report>,
        // A large table is rendered in slices, so that the page keeps answering meanwhile.
        (answer) => startTransition(() => setReport(answer)),
        (error) => actions.report(asFailure(error)),
      ),
    [],
  );
  const asked = JSON.stringify([experiment, question, finished]);
  useEffect(() => {
    const [id, own] = JSON.parse(asked) as [string, unknown];
    ask({ id, own });
  }, [asked, ask]);
  return report;
}
