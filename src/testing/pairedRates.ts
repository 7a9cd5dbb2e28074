import type * as tf from "@tensorflow/tfjs-core";

/** A network in training, a step at a time. */
export interface Steps {
  /** Resolves when the step's results have been computed. */
  step(): Promise<void>;
  dispose(): void;
}

/** Steps a second of two forms of a network. */
export interface PairedRates {
  readonly ours: number;
  /** Null where tfjs's own operations cannot train it. */
  readonly stock: number | null;
  /** Why not. */
  readonly reason: string | null;
}

/**
 * The least that is promised of a step beside the same one of tfjs's own operations: that it is never slower. The little
 * below 1 is for a machine that does something else meanwhile: medians of a few steps by turns still differ by some percent.
 */
export const neverSlower = 0.95;

/** Steps of each that are timed, at least and at most, and the time after which no more are, ms. */
const [fewest, most, longest] = [3, 40, 8000];

/** Time after which a form counts as warmed up, ms: shaders are compiled with the first step, JavaScript with the first few. */
const warmUp = 1500;

/**
 * Times two forms of a network by turns, so that a machine that is busy with something else slows both: the medians. tfjs's
 * own is allowed to fail, where it lacks gradients; ours is not.
 */
export async function pairedRates(
  openOurs: () => Promise<Steps>,
  openStock: () => Promise<Steps>,
): Promise<PairedRates> {
  const ours = await openOurs();
  await warm(ours);
  const stock = await openStock();
  const reason = await reasonOfFailure(() => warm(stock));
  const times: { readonly ours: number[]; readonly stock: number[] } = { ours: [], stock: [] };
  const began = performance.now();
  for (let pair = 0; pair < most; pair++) {
    if (pair >= fewest && performance.now() - began > longest) break;
    times.ours.push(await timed(ours));
    if (reason === null) times.stock.push(await timed(stock));
  }
  stock.dispose();
  ours.dispose();
  return {
    ours: 1000 / median(times.ours),
    stock: reason === null ? 1000 / median(times.stock) : null,
    reason,
  };
}

/** Resolves when everything that was asked of the device up to a variable's last change has been computed. */
export async function settled(variables: readonly tf.Variable[]): Promise<void> {
  await variables[variables.length - 1].data();
}

async function warm(network: Steps): Promise<void> {
  const began = performance.now();
  for (let step = 0; step < 5; step++) {
    await network.step();
    if (performance.now() - began > warmUp) break;
  }
}

async function timed(network: Steps): Promise<number> {
  const began = performance.now();
  await network.step();
  return performance.now() - began;
}

async function reasonOfFailure(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const median = (times: number[]) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
