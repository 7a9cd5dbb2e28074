import { useCallback, useEffect, useRef, useState } from "react";
import type { NoiseCurve, SamplingStep } from "../../../generators/generator.ts";
import type { WatchRequest } from "../../../services/training/watching.ts";
import { asFailure } from "../../state/report.ts";
import { actions } from "../../state/store.ts";
import { workers } from "../../workers.ts";

/** ms between two looks: ten a second at most. */
const lookEvery = 120;

/** Signals that are made step by step, as far as the page has seen it. */
export interface WatchedSampling {
  readonly moments: readonly SamplingStep[];
  readonly noise: NoiseCurve | null;
  readonly position: number;
  readonly of: number;
  /** s; null until it can be told honestly. */
  readonly secondsLeft: number | null;
  readonly isBusy: boolean;
}

const nothing: WatchedSampling = {
  moments: [],
  noise: null,
  position: 0,
  of: 1,
  secondsLeft: null,
  isBusy: false,
};

/** Follows the sampling of a generator. Beginning anew ends what is under way; so does leaving the page. */
export function useWatchedSampling(id: string) {
  const [watched, setWatched] = useState(nothing);
  const turn = useRef(0);
  const begin = useCallback(
    async (request: WatchRequest) => {
      const own = ++turn.current;
      const isOurs = () => turn.current === own;
      setWatched({ ...nothing, isBusy: true });
      let isOver = false;
      const look = async () => {
        let known = 0;
        while (!isOver && isOurs()) {
          await new Promise((resolve) => setTimeout(resolve, lookEvery));
          const told = await workers.training.watchProgress(known);
          if (told === null || isOver || !isOurs()) continue;
          known += told.moments.length;
          setWatched((before) => ({ ...told, moments: [...before.moments, ...told.moments], isBusy: true }));
        }
      };
      look().catch((error: unknown) => actions.report(asFailure(error)));
      try {
        const told = await workers.training.watchSampling(id, request);
        isOver = true;
        if (isOurs()) setWatched({ ...told, isBusy: false });
      } catch (error) {
        isOver = true;
        if (!isOurs()) return;
        setWatched(nothing);
        actions.report(asFailure(error));
      }
    },
    [id],
  );
  const stop = useCallback(() => {
    workers.training.stopWatching().catch((error: unknown) => actions.report(asFailure(error)));
  }, []);
  useEffect(
    () => () => {
      turn.current++;
      stop();
    },
    [stop],
  );
  return { watched, begin, stop };
}
