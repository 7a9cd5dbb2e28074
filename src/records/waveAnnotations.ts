import type { Annotation } from "../domain/annotation.ts";
import type { DelineatedBeat, MarkedBeat, MarkedWave } from "../domain/delineation.ts";

/** Which wave a bracket belongs to, as its `num` field says (ecgpuwave's convention). */
const waveNumbers = { p: 0, qrs: 1, t: 2 } as const;
export type WaveKind = keyof typeof waveNumbers;

export interface AnnotatedWave extends MarkedWave {
  readonly kind: WaveKind;
  /** Mnemonic at the peak: `p`, `t`, or that of the beat. */
  readonly symbol: string;
}

/** Mnemonics of beats (WFDB `isqrs`). */
const beatSymbols: ReadonlySet<string> = new Set("NLRaVFJASEj/Qe!fBnr?");
/** A peak ends the search for brackets of its neighbours, the U wave's too. */
const isPeak = (symbol: string) =>
  symbol === "p" || symbol === "t" || symbol === "u" || beatSymbols.has(symbol);

/**
 * The waves of one annotator, in order of their peaks: to each belong the last `(` after the peak before and the first
 * `)` ahead of the next peak. The brackets' numbers are not needed: those of LUDB carry none. U waves are left out.
 */
export function wavesOf(annotations: readonly Annotation[]): AnnotatedWave[] {
  const marks = annotations.filter(({ symbol }) => symbol === "(" || symbol === ")" || isPeak(symbol));
  const waves: AnnotatedWave[] = [];
  for (const [index, { sample, symbol }] of marks.entries()) {
    if (!isPeak(symbol) || symbol === "u") continue;
    let first = index;
    while (first > 0 && !isPeak(marks[first - 1].symbol)) first--;
    let last = index;
    while (last + 1 < marks.length && !isPeak(marks[last + 1].symbol)) last++;
    const opening = marks.slice(first, index).findLast((mark) => mark.symbol === "(");
    const closing = marks.slice(index, last + 1).find((mark) => mark.symbol === ")");
    waves.push({
      kind: symbol === "p" || symbol === "t" ? symbol : "qrs",
      onset: opening?.sample ?? null,
      peak: sample,
      offset: closing?.sample ?? null,
      symbol,
    });
  }
  return waves;
}

/** The waves beat by beat: to each complex the last P since the complex before, and the first T before the next. */
export function markedBeats(waves: readonly AnnotatedWave[]): MarkedBeat[] {
  const beats: { p: MarkedWave | null; qrs: MarkedWave; t: MarkedWave | null }[] = [];
  let p: MarkedWave | null = null;
  for (const { kind, onset, peak, offset } of waves) {
    const wave = { onset, peak, offset };
    const beat = beats.at(-1);
    if (kind === "p") p = wave;
    else if (kind === "t") {
      if (beat !== undefined) beat.t ??= wave;
    } else {
      beats.push({ p, qrs: wave, t: null });
      p = null;
    }
  }
  return beats;
}

/**
 * The waves as annotations, each `(`, peak and `)` with the wave's number at its brackets, as ecgpuwave writes them; in
 * order of time, on whole samples. The inverse of `wavesOf` for waves that do not overlap.
 */
export function waveAnnotations(waves: readonly AnnotatedWave[]): Annotation[] {
  const annotations: Annotation[] = [];
  const add = (sample: number | null, symbol: string, number: number) => {
    if (sample === null) return;
    annotations.push({ sample: Math.round(sample), symbol, subtype: 0, channel: 0, number, text: "" });
  };
  for (const { kind, onset, peak, offset, symbol } of waves) {
    add(onset, "(", waveNumbers[kind]);
    add(peak, symbol, 0);
    add(offset, ")", waveNumbers[kind]);
  }
  return annotations.sort((one, other) => one.sample - other.sample);
}

/**
 * Delineated beats as annotations, the complex with its peak where the R peak was given; what was not found is left out.
 * @param labels mnemonics of the beats; `N` where there is none
 */
export function wavesToAnnotations(
  beats: readonly Pick<DelineatedBeat, "rPeak" | "p" | "qrs" | "t">[],
  labels: readonly string[] = [],
): Annotation[] {
  const waves = beats.flatMap(({ rPeak, p, qrs, t }, index) => {
    const { onset, offset } = qrs ?? { onset: null, offset: null };
    const complex = { kind: "qrs", symbol: labels[index] ?? "N", onset, peak: rPeak, offset } as const;
    return [
      ...(p === null ? [] : [{ kind: "p", symbol: "p", ...p } as const]),
      complex,
      ...(t === null ? [] : [{ kind: "t", symbol: "t", ...t } as const]),
    ];
  });
  return waveAnnotations(waves);
}
