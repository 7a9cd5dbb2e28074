import { startTransition, useEffect, useRef, useState } from "react";
import { asFailure } from "./state/report.ts";
import { actions } from "./state/store.ts";

/**
 * The answer to a question that a key names; null while it is worked on, and where it failed (which is reported).
 * @param keep shows the answer to the last question meanwhile, also while there is none, so that a list does not flicker
 */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>, keep = false): T | null {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: T } | null>(null);
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  useEffect(() => {
    if (key === null) return;
    let gone = false;
    question.current().then(
      (value) => {
        // A large answer is rendered in slices, so that the page keeps answering meanwhile.
        if (!gone) startTransition(() => setAnswer({ key, value }));
      },
      (error: unknown) => {
        if (!gone) actions.report(asFailure(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return answer !== null && (keep || answer.key === key) ? answer.value : null;
}
