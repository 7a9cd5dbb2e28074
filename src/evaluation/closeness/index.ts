import { autocorrelationGap } from "./autocorrelationDistance.ts";
import { coverage, density, precision, recall } from "./coverageDensity.ts";
import { amplitudeGap, amplitudeShift } from "./distributionDistance.ts";
import { diversity } from "./diversity.ts";
import { nearestWarped } from "./dynamicTimeWarping.ts";
import { energy } from "./energyDistance.ts";
import { frechet } from "./frechetDistance.ts";
import { gaussianDiscrepancy, mixtureDiscrepancy, warpedDiscrepancy } from "./maximumMeanDiscrepancy.ts";
import type { ClosenessMeasure } from "./measure.ts";
import { logSpectral, spectralShare } from "./spectralDistance.ts";
import { nearestError, nearestPercentage } from "./waveformErrors.ts";

/** How near a synthetic set is to a real one: whole distributions first, then single traits, then single rows. */
export const closenessMeasures = {
  gaussianDiscrepancy,
  mixtureDiscrepancy,
  warpedDiscrepancy,
  energy,
  frechet,
  precision,
  recall,
  density,
  coverage,
  diversity,
  spectralShare,
  logSpectral,
  autocorrelationGap,
  amplitudeShift,
  amplitudeGap,
  nearestError,
  nearestPercentage,
  nearestWarped,
} as const satisfies Readonly<Record<string, ClosenessMeasure>>;

export type ClosenessKey = keyof typeof closenessMeasures;
