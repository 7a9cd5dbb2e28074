/** Lanczos's approximation of the logarithm of the gamma function, g = 7, nine terms (Pugh, thesis, UBC 2004). */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** For x ≥ 0.5. */
function logGamma(x: number): number {
  const base = x + 6.5;
  const sum = lanczos.reduce(
    (total, term, index) => (index === 0 ? term : total + term / (x - 1 + index)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b) by its continued fraction (Abramowitz & Stegun 26.5.8), evaluated
 * as Lentz does.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let numerator = 1;
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
  let product = denominator;
  for (let term = 1; term <= 1000; term++) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term));
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1));
    let factor = 1;
    for (const coefficient of [even, odd]) {
      denominator = 1 / away(1 + coefficient * denominator);
      numerator = away(1 + coefficient / numerator);
      factor = numerator * denominator;
      product *= factor;
    }
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return front * product;
}

/** Beyond so many degrees of freedom Student's distribution is taken as the normal one. */
const manyDegrees = 1e7;

/**
 * Share of Student's distribution below t.
 * @param degrees of freedom, above 0, not necessarily whole; Infinity for the normal distribution
 */
export function studentCumulative(t: number, degrees: number): number {
  if (degrees > manyDegrees) return normalCumulative(t);
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** Share of Student's distribution farther from 0 than t, on both sides: exact also where it is tiny. */
export function studentBeyond(t: number, degrees: number): number {
  return 2 * studentCumulative(-Math.abs(t), degrees);
}

/** The value with this share of Student's distribution below it. @param share strictly between 0 and 1 */
export function studentQuantile(share: number, degrees: number): number {
  return inverse((t) => studentCumulative(t, degrees), share);
}

/** Share of the standard normal distribution below x, by Marsaglia's series (J Stat Softw 2004;11:4). */
export function normalCumulative(x: number): number {
  if (x > 0) return 1 - normalCumulative(-x);
  if (x < -6) return normalTail(-x);
  let [sum, term] = [x, x];
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** The share above x, far out, by Laplace's continued fraction. */
function normalTail(x: number): number {
  let fraction = x;
  for (let term = 60; term >= 1; term--) fraction = x + term / fraction;
  return Math.exp(-0.5 * x * x) / (Math.sqrt(2 * Math.PI) * fraction);
}

/** The value with this share of the standard normal distribution below it. @param share strictly between 0 and 1 */
export function normalQuantile(share: number): number {
  return inverse(normalCumulative, share);
}

/** Where a rising function that is symmetric about (0, 1/2) reaches the share, by bisection to the last digit. */
function inverse(cumulative: (x: number) => number, share: number): number {
  if (share > 0.5) return -inverse(cumulative, 1 - share);
  let [low, high] = [-1, 0];
  while (cumulative(low) > share && low > -1e300) low *= 2;
  for (let middle = low / 2; middle > low && middle < high; middle = low + (high - low) / 2) {
    if (cumulative(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}
