import type { NamedVariable } from "../../neural/layers/scope.ts";
import { Scope } from "../../neural/layers/scope.ts";
import { type BandName, type BandSplit, bandNames, bandSplit } from "./bandSplit.ts";
import type { TimeVqVaeSize } from "./configuration.ts";
import { drawsFor } from "./draws.ts";
import { type Prior, prior } from "./prior.ts";
import { type BandTokeniser, bandTokeniser, type TokeniserOptions } from "./tokeniser.ts";

export interface ModelOptions extends Omit<TokeniserOptions, "size"> {
  readonly size: TimeVqVaeSize;
  readonly embeddingDropout: number;
  readonly embeddingDeviation: number;
  /** Samples of a signal. */
  readonly length: number;
  readonly classes: number;
  readonly seed: number;
}

/** What one stage trains and keeps. */
export interface StageVariables {
  readonly parameters: readonly NamedVariable[];
  readonly buffers: readonly NamedVariable[];
}

/** All networks of Time-VQVAE for signals of one length. */
export interface TimeVqVaeModel {
  readonly split: BandSplit;
  readonly tokenisers: Readonly<Record<BandName, BandTokeniser>>;
  readonly priors: Readonly<Record<BandName, Prior>>;
  /** The number by which the priors are asked for no class in particular. */
  readonly noClass: number;
  readonly stages: { readonly tokeniser: StageVariables; readonly prior: StageVariables };
  dispose(): void;
}

export function timeVqVaeModel(options: ModelOptions): TimeVqVaeModel {
  const { size, length, classes, seed, dropout, embeddingDropout, embeddingDeviation } = options;
  const split = bandSplit(length, size);
  const tokeniserScope = Scope.root(drawsFor(seed, "tokeniserWeights"));
  const priorScope = Scope.root(drawsFor(seed, "priorWeights"));
  const forBands = <T>(make: (band: BandName) => T) =>
    Object.fromEntries(bandNames.map((band) => [band, make(band)])) as Record<BandName, T>;
  const tokenisers = forBands((band) =>
    bandTokeniser(tokeniserScope.within(band), band, split, length, options),
  );
  const priors = forBands((band) => {
    const { grid, codes } = tokenisers[band];
    const shape = {
      ...size[band].prior,
      grid,
      codes,
      classes,
      dropout,
      embeddingDropout,
      embeddingDeviation,
      ...(band === "high" ? { given: { grid: tokenisers.low.grid, codes: tokenisers.low.codes } } : {}),
    };
    return prior(priorScope.within(band), shape);
  });
  return {
    split,
    tokenisers,
    priors,
    noClass: classes,
    stages: { tokeniser: tokeniserScope, prior: priorScope },
    dispose() {
      tokeniserScope.dispose();
      priorScope.dispose();
      split.dispose();
    },
  };
}
