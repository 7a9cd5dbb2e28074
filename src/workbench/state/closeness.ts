import { createStore } from "zustand/vanilla";
import { endWorker } from "../../boundary/connect.ts";
import type { ClosenessSpecification, RowScaling } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import type { GeneratedForm } from "../../domain/generation.ts";
import type { ClosenessDescription, ClosenessProgress } from "../../services/training/closeness.ts";
import { workers } from "../workers.ts";
import { asFailure } from "./report.ts";
import { actions } from "./store.ts";
import { realSourceOf, syntheticSourceOf, virtualChoice } from "./syntheticChoice.ts";

/** What a person has set up to be compared. */
export interface ClosenessDraft {
  /** A value of `SyntheticOption`. */
  readonly synthetic: string;
  /** `virtual`, `library`, or a cohort's id. */
  readonly real: string;
  readonly form: GeneratedForm;
  readonly rowClass: string;
  readonly scaling: RowScaling;
  readonly rows: number;
  readonly classifiers: boolean;
  readonly seed: number;
}

export interface ClosenessState {
  readonly description: ClosenessDescription | null;
  readonly tab: "measure" | "blind";
  readonly draft: ClosenessDraft;
  readonly shown: string | null;
  /** Another comparison, to be read beside the shown one. */
  readonly beside: string | null;
  /** What is being measured, from the wish to start it. */
  readonly running: string | null;
  readonly progress: ClosenessProgress | null;
  readonly stopping: boolean;
}

export const closeness = createStore<ClosenessState>(() => ({
  description: null,
  tab: "measure",
  draft: {
    synthetic: virtualChoice,
    real: "virtual",
    form: "beats",
    rowClass: "N",
    scaling: "mean",
    rows: 300,
    classifiers: true,
    seed: 1,
  },
  shown: null,
  beside: null,
  running: null,
  progress: null,
  stopping: false,
}));

/** ms between two looks at a measuring. */
const lookEvery = 400;
/** ms after which a worker that was asked to stop is ended. */
const patience = 1500;

async function specificationOf(draft: ClosenessDraft): Promise<ClosenessSpecification> {
  const { form, rowClass, scaling, rows, classifiers, seed } = draft;
  return {
    kind: "Closeness of a synthetic to a real set",
    synthetic: await syntheticSourceOf(draft.synthetic),
    real: await realSourceOf(draft.real),
    form,
    rowClass,
    scaling,
    rows,
    classifiers,
    seed,
  };
}

/** How a comparison is called: the two sets and the class. */
export function nameOf({ synthetic, real, rowClass }: ClosenessSpecification): string {
  const against = real.kind === "records" ? real.name : "virtual patients as stand-in";
  return `${synthetic.name} against ${against}, class ${rowClass}`;
}

export const closenessActions = {
  async learn(): Promise<void> {
    if (closeness.getState().description !== null) return;
    closeness.setState({ description: await workers.training.describeCloseness() });
  },
  draft(changes: Partial<ClosenessDraft>): void {
    closeness.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  turnTo(tab: ClosenessState["tab"]): void {
    closeness.setState({ tab });
  },
  show(shown: string | null): void {
    closeness.setState({ shown, beside: null });
  },
  compareWith(beside: string | null): void {
    closeness.setState({ beside });
  },

  /** Measures what the draft describes. */
  async start(): Promise<void> {
    const specification = await specificationOf(closeness.getState().draft);
    const prepared = await workers.training.prepareCloseness(specification, nameOf(specification));
    closenessActions.show(prepared.id);
    if (prepared.state !== "finished") await closenessActions.resume(prepared.id);
  },

  /** Goes on with a measuring where it was. */
  async resume(id: string): Promise<void> {
    if (closeness.getState().running !== null) {
      throw new Failure("run-running", "Another measuring is on.", "Closeness", "Wait for it, or stop it.");
    }
    closeness.setState({ running: id, shown: id, stopping: false, progress: null });
    const stopLooking = look();
    try {
      await workers.training.measureCloseness(id);
    } catch (error) {
      const failure = asFailure(error);
      const wasStopped = closeness.getState().stopping && failure.code === "worker-lost";
      if (failure.code === "worker-lost") {
        const note = wasStopped ? "" : "The worker crashed; what was measured is kept.";
        await workers.training.noteOnCloseness(id, note);
      }
      if (!wasStopped) throw error;
    } finally {
      stopLooking();
      closeness.setState({ running: null, progress: null, stopping: false });
    }
  },

  /** Stops the measuring at hand: between two of its steps, or, where that takes too long, at once. */
  stop(): void {
    const { running, stopping } = closeness.getState();
    if (running === null || stopping) return;
    closeness.setState({ stopping: true });
    workers.training.stopCloseness().catch(() => {
      // The worker is gone already: `resume` hears of it.
    });
    setTimeout(() => {
      const now = closeness.getState();
      if (now.running === running && now.stopping) endWorker(workers.training, "it did not stop in time");
    }, patience);
  },
};

/** Asks how far the measuring is. @returns the way to stop asking */
function look(): () => void {
  let ended = false;
  const ask = async () => {
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
      try {
        const progress = await workers.training.closenessProgress();
        if (!ended) closeness.setState({ progress });
      } catch (error) {
        if (asFailure(error).code !== "worker-lost") actions.report(asFailure(error));
      }
    }
  };
  void ask();
  return () => {
    ended = true;
  };
}
