/** The heart's electric vector: to the left, downwards and to the back, mV. */
export type Dipole = readonly [number, number, number];

/** Weights of the vector's components in a lead. */
type LeadVector = Dipole;

/** How eight leads see the vector (Dower, Machado & Osborne, Clin Cardiol 1980;3:97); the other four follow from I and II. */
const leadVectors: Readonly<Record<"I" | "II" | "V1" | "V2" | "V3" | "V4" | "V5" | "V6", LeadVector>> = {
  I: [0.632, -0.235, 0.059],
  II: [0.235, 1.066, -0.132],
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
};
export type IndependentLead = keyof typeof leadVectors;
export const independentLeads = Object.keys(leadVectors) as readonly IndependentLead[];

/** The twelve leads in the order of print. */
export const twelveLeads = "I II III aVR aVL aVF V1 V2 V3 V4 V5 V6".split(" ");

/** A lead of the vector over time. @param components `[3][time]`, mV */
export function seenBy(lead: IndependentLead, components: readonly Float64Array[]): Float64Array {
  const [left, down, back] = leadVectors[lead];
  const [x, y, z] = components;
  return x.map((value, at) => left * value + down * y[at] + back * z[at]);
}

/**
 * Twelve leads from the eight that are independent: III = II − I (Einthoven), aVR = −(I + II) / 2, aVL = I − II / 2 and
 * aVF = II − I / 2 (Goldberger).
 */
export function completeLeads(
  own: Readonly<Record<IndependentLead, Float64Array>>,
): Readonly<Record<string, Float64Array>> {
  const { I, II, ...chest } = own;
  return {
    I,
    II,
    III: II.map((value, at) => value - I[at]),
    aVR: I.map((value, at) => -(value + II[at]) / 2),
    aVL: I.map((value, at) => value - II[at] / 2),
    aVF: II.map((value, at) => value - I[at] / 2),
    ...chest,
  };
}

/** A vector of a size and an angle in the frontal plane, radians downwards from the left, and a part to the back. */
export function dipoleOf(size: number, frontalAngle: number, back: number): Dipole {
  return [size * Math.cos(frontalAngle), size * Math.sin(frontalAngle), size * back];
}

/** A multiple of a vector. */
export const scaled = ([x, y, z]: Dipole, factor: number): Dipole => [x * factor, y * factor, z * factor];
