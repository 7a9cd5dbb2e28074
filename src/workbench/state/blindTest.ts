import { createStore } from "zustand/vanilla";
import type { BlindPicture, BlindTestSpecification, Confidence } from "../../domain/blindTest.ts";
import type { GeneratedForm } from "../../domain/generation.ts";
import { workbenchVersion } from "../../domain/version.ts";
import { findBlindTest } from "../../storage/closeness.ts";
import type { StoredBlindTest } from "../../storage/storedCloseness.ts";
import { workers } from "../workers.ts";
import { realSourceOf, syntheticSourceOf, virtualChoice } from "./syntheticChoice.ts";

/** What a person has set up to be judged. */
export interface BlindDraft {
  readonly judge: string;
  /** Values of `SyntheticOption`. */
  readonly synthetic: readonly string[];
  /** `virtual`, `library`, or a cohort's id. */
  readonly real: string;
  readonly form: GeneratedForm;
  readonly rowClass: string;
  readonly trials: number;
  readonly withConfidence: boolean;
  readonly seed: number;
}

export interface BlindState {
  readonly draft: BlindDraft;
  /** The test on the page: one that is judged, or one whose result is looked at. */
  readonly shown: string | null;
  /** The test that is judged now, with its pictures in their order. */
  readonly sitting: { readonly test: StoredBlindTest; readonly pictures: readonly BlindPicture[] } | null;
  readonly isPreparing: boolean;
}

export const blindTest = createStore<BlindState>(() => ({
  draft: {
    judge: "",
    synthetic: [virtualChoice],
    real: "virtual",
    form: "beats",
    rowClass: "N",
    trials: 20,
    withConfidence: false,
    seed: 1,
  },
  shown: null,
  sitting: null,
  isPreparing: false,
}));

async function specificationOf(draft: BlindDraft): Promise<BlindTestSpecification> {
  const { judge, form, rowClass, trials, withConfidence, seed } = draft;
  return {
    kind: "Real or synthetic?",
    judge: judge.trim(),
    synthetic: await Promise.all(draft.synthetic.map(syntheticSourceOf)),
    real: await realSourceOf(draft.real),
    form,
    rowClass,
    trials,
    withConfidence,
    seed,
  };
}

async function sit(test: StoredBlindTest): Promise<void> {
  blindTest.setState({ isPreparing: true, shown: test.id, sitting: null });
  try {
    const pictures = await workers.training.blindPictures(test.specification);
    blindTest.setState({ sitting: { test, pictures } });
  } finally {
    blindTest.setState({ isPreparing: false });
  }
}

export const blindActions = {
  draft(changes: Partial<BlindDraft>): void {
    blindTest.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  show(shown: string | null): void {
    blindTest.setState({ shown, sitting: null });
  },

  /** Begins a test; two with the same specification are two tests: another person, or another day. */
  async start(): Promise<void> {
    const specification = await specificationOf(blindTest.getState().draft);
    const now = Date.now();
    await sit({
      id: crypto.randomUUID(),
      specification,
      createdAt: now,
      updatedAt: now,
      version: workbenchVersion,
      judged: [],
    });
  },

  /** Goes on with a test where it was left. */
  async resume(id: string): Promise<void> {
    const test = await findBlindTest(id);
    if (test !== null) await sit(test);
  },

  /** Takes an answer, keeps it, and shows the next picture; after the last one the result. */
  async answer(saidReal: boolean, confidence: Confidence | null, milliseconds: number): Promise<void> {
    const { sitting } = blindTest.getState();
    if (sitting === null) return;
    const { test, pictures } = sitting;
    const picture = pictures[test.judged.length];
    if (picture === undefined) return;
    const { source, row } = picture;
    const judgement = { source, row, isReal: source === 0, saidReal, confidence, milliseconds };
    const next = { ...test, judged: [...test.judged, judgement], updatedAt: Date.now() };
    const isOver = next.judged.length === pictures.length;
    blindTest.setState({ sitting: isOver ? null : { test: next, pictures } });
    await workers.training.keepBlindTest(next);
  },
};
