import { useEffect, useMemo, useState } from "react";
import { latest } from "../../../boundary/latest.ts";
import { asFailure } from "../../state/report.ts";
import { actions } from "../../state/store.ts";

/** The answer to the newest question; while one is worked on the last answer stays. For sliders. */
export function useLatest<Question, Answer>(
  question: Question | null,
  ask: (question: Question) => Promise<Answer>,
): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first `ask` is as good as any later one.
  const request = useMemo(
    () => latest<Question, Answer>(ask, setAnswer, (error) => actions.report(asFailure(error))),
    [],
  );
  useEffect(() => {
    if (question !== null) request(question);
  }, [question, request]);
  return answer;
}
