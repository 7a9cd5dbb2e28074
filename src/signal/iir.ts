/** A filter of second order, H(z) = (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²). */
export interface SecondOrderSection {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** A filter as a cascade; of high order it stays exact where one long polynomial would not. */
export type SecondOrderSections = readonly SecondOrderSection[];

/** What a filter lets through; edges in Hz, at −3 dB. */
export type Response =
  | { readonly kind: "lowpass" | "highpass"; readonly cutoff: number }
  | { readonly kind: "bandpass" | "bandstop"; readonly low: number; readonly high: number };

interface Complex {
  readonly re: number;
  readonly im: number;
}

const times = (one: Complex, other: Complex): Complex => ({
  re: one.re * other.re - one.im * other.im,
  im: one.re * other.im + one.im * other.re,
});
const over = (one: Complex, other: Complex): Complex => {
  const size = other.re ** 2 + other.im ** 2;
  return {
    re: (one.re * other.re + one.im * other.im) / size,
    im: (one.im * other.re - one.re * other.im) / size,
  };
};
const plus = (one: Complex, other: Complex): Complex => ({ re: one.re + other.re, im: one.im + other.im });
const minus = (one: Complex, other: Complex): Complex => ({ re: one.re - other.re, im: one.im - other.im });
const real = (re: number): Complex => ({ re, im: 0 });
const squareRoot = ({ re, im }: Complex): Complex => {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + re) / 2);
  const other = Math.sqrt((size - re) / 2);
  return { re: root, im: im < 0 ? -other : other };
};
/** √(p² − w²) without the loss of digits that the difference of squares suffers near p = ± w. */
const rootOfDifference = (p: Complex, w: number): Complex =>
  squareRoot(times(minus(p, real(w)), plus(p, real(w))));

/**
 * A digital Butterworth filter: analogue prototype, transformed to the band, and brought to discrete time by the
 * bilinear transform with its edges pre-warped (Oppenheim & Schafer, Discrete-Time Signal Processing, ch. 7). Of a band
 * filter the order counts each edge, as usual.
 * @param samplingFrequency Hz
 * @throws RangeError for edges outside 0 to half the sampling frequency
 */
export function butterworth(
  order: number,
  response: Response,
  samplingFrequency: number,
): SecondOrderSections {
  const edges = "cutoff" in response ? [response.cutoff] : [response.low, response.high];
  const increasing = edges.every((edge, index) => edge > (edges[index - 1] ?? 0));
  if (
    !Number.isInteger(order) ||
    order < 1 ||
    !increasing ||
    edges.some((edge) => edge >= samplingFrequency / 2)
  ) {
    throw new RangeError(
      `no filter of order ${order} with edges at ${edges.join(", ")} of ${samplingFrequency} Hz`,
    );
  }
  // Frequencies in units in which the bilinear transform is (2 · 2 + s) / (2 · 2 − s).
  const [low, high] = edges.map((edge) => 4 * Math.tan((Math.PI * edge) / samplingFrequency));
  const prototype = Array.from({ length: order }, (_, k): Complex => {
    const angle = (Math.PI * (2 * k + 1 + order)) / (2 * order);
    return { re: Math.cos(angle), im: Math.sin(angle) };
  });
  const poles =
    high === undefined
      ? prototype.map((pole) =>
          response.kind === "lowpass" ? times(real(low), pole) : over(real(low), pole),
        )
      : prototype.flatMap((pole) => {
          const half = (high - low) / 2;
          const scaled = response.kind === "bandpass" ? times(real(half), pole) : over(real(half), pole);
          const root = rootOfDifference(scaled, Math.sqrt(low * high));
          return [plus(scaled, root), minus(scaled, root)];
        });
  const digital = poles.map((pole) => over(plus(real(4), pole), minus(real(4), pole)));
  const zeros = zerosOf(response, poles.length, Math.sqrt(low * (high ?? low)));
  return cascade(zeros, digital, referenceAngle(response, low, high));
}

/** Zeros in the z plane: at −1 for what is stopped at the top, at 1 at the bottom, on the circle in a stopped band. */
function zerosOf(response: Response, count: number, centre: number): Complex[] {
  const at = (place: Complex, number: number) => new Array<Complex>(number).fill(place);
  switch (response.kind) {
    case "lowpass":
      return at(real(-1), count);
    case "highpass":
      return at(real(1), count);
    case "bandpass":
      return [...at(real(1), count / 2), ...at(real(-1), count / 2)];
    case "bandstop": {
      const zero = over({ re: 4, im: centre }, { re: 4, im: -centre });
      return [...at(zero, count / 2), ...at({ re: zero.re, im: -zero.im }, count / 2)];
    }
  }
}

/** The frequency at which the gain is 1, rad per sample. */
function referenceAngle(response: Response, low: number, high: number | undefined): number {
  if (response.kind === "lowpass" || response.kind === "bandstop") return 0;
  if (response.kind === "highpass" || high === undefined) return Math.PI;
  return 2 * Math.atan(Math.sqrt(low * high) / 4);
}

/** Pairs conjugate poles, the ones nearest to the circle last, each pair with the zeros nearest to it. */
function cascade(
  zeros: readonly Complex[],
  poles: readonly Complex[],
  reference: number,
): SecondOrderSections {
  const tiny = 1e-12;
  const upper = poles.filter(({ im }) => im > tiny);
  const onAxis = poles.filter(({ im }) => Math.abs(im) <= tiny).sort((one, other) => one.re - other.re);
  const pairs: (readonly [Complex, Complex | null])[] = upper.map((pole) => [
    pole,
    { re: pole.re, im: -pole.im },
  ]);
  for (let index = 0; index < onAxis.length; index += 2) {
    pairs.push([onAxis[index], onAxis[index + 1] ?? null]);
  }
  const radius = ([pole]: readonly [Complex, Complex | null]) => Math.hypot(pole.re, pole.im);
  const left = [...zeros];
  const nearest = (pole: Complex) => {
    const distance = (zero: Complex) => Math.hypot(zero.re - pole.re, zero.im - pole.im);
    let best = 0;
    left.forEach((zero, index) => {
      if (distance(zero) < distance(left[best])) best = index;
    });
    return left.splice(best, 1)[0];
  };
  const sections = pairs
    .sort((one, other) => radius(other) - radius(one))
    .map(([first, second]) => {
      const [zero, other] = [nearest(first), second === null ? null : nearest(second)];
      return {
        b0: 1,
        b1: -(zero.re + (other?.re ?? 0)),
        b2: other === null ? 0 : times(zero, other).re,
        a1: -(first.re + (second?.re ?? 0)),
        a2: second === null ? 0 : times(first, second).re,
      };
    })
    .reverse();
  const gain = 1 / Math.abs(gainAt(sections, reference));
  return sections.map((section, index) =>
    index === 0
      ? { ...section, b0: section.b0 * gain, b1: section.b1 * gain, b2: section.b2 * gain }
      : section,
  );
}

/** Magnitude of the response at an angular frequency, rad per sample. */
export function gainAt(sections: SecondOrderSections, angle: number): number {
  const z1 = { re: Math.cos(angle), im: -Math.sin(angle) };
  const z2 = times(z1, z1);
  return sections.reduce((gain, { b0, b1, b2, a1, a2 }) => {
    const top = plus(real(b0), plus(times(real(b1), z1), times(real(b2), z2)));
    const bottom = plus(real(1), plus(times(real(a1), z1), times(real(a2), z2)));
    return (gain * Math.hypot(top.re, top.im)) / Math.hypot(bottom.re, bottom.im);
  }, 1);
}

/**
 * A filter of second order that takes out one frequency, such as that of the mains.
 * @param frequency Hz
 * @param quality   frequency over the width of the notch at −3 dB
 */
export function notch(frequency: number, quality: number, samplingFrequency: number): SecondOrderSections {
  if (!(frequency > 0 && frequency < samplingFrequency / 2 && quality > 0)) {
    throw new RangeError(`no notch at ${frequency} of ${samplingFrequency} Hz`);
  }
  const angle = (2 * Math.PI * frequency) / samplingFrequency;
  const gain = 1 / (1 + Math.tan(angle / (2 * quality)));
  const b1 = -2 * gain * Math.cos(angle);
  return [{ b0: gain, b1, b2: gain, a1: b1, a2: 2 * gain - 1 }];
}

/** The state in which a filter rests while its input is 1: two numbers a section. Multiply it by the first sample. */
export function initialState(sections: SecondOrderSections): Float64Array {
  const state = new Float64Array(2 * sections.length);
  let input = 1;
  sections.forEach(({ b0, b1, b2, a1, a2 }, index) => {
    const output = (input * (b0 + b1 + b2)) / (1 + a1 + a2);
    state[2 * index] = output - b0 * input;
    state[2 * index + 1] = b2 * input - a2 * output;
    input = output;
  });
  return state;
}

/**
 * Filters a signal once, forwards.
 * @param state continued from piece to piece (`new Float64Array(2 × sections)` at rest); changed in place
 */
export function filterSections(
  sections: SecondOrderSections,
  samples: ArrayLike<number>,
  state: Float64Array = new Float64Array(2 * sections.length),
): Float64Array {
  const filtered = Float64Array.from(samples);
  sections.forEach(({ b0, b1, b2, a1, a2 }, index) => {
    let [first, second] = [state[2 * index], state[2 * index + 1]];
    for (let at = 0; at < filtered.length; at++) {
      const input = filtered[at];
      const output = b0 * input + first;
      first = b1 * input - a1 * output + second;
      second = b2 * input - a2 * output;
      filtered[at] = output;
    }
    state[2 * index] = first;
    state[2 * index + 1] = second;
  });
  return filtered;
}
