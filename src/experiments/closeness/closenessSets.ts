import type { ComparedSets, RowOrigin, RowScaling } from "../../domain/closeness.ts";
import { Failure } from "../../domain/failure.ts";
import { type GeneratedForm, generatedForms } from "../../domain/generation.ts";
import { joined, rowsAt, type SignalRows } from "../../evaluation/closeness/signalRows.ts";
import { type BeatScaling, scaleBeats } from "../../signal/beatMatrix.ts";
import { createRandom } from "../../signal/random.ts";
import type { LabelledRows } from "./smallNetwork.ts";

/** Rows of one patient or recording. */
export interface ClassedRows {
  readonly patient: string;
  /** `[count, length]` */
  readonly values: Float32Array;
  /** Class of each; null where it has none. */
  readonly classes: readonly (string | null)[];
}

/** Rows with the patient of each. */
export interface PatientRows {
  readonly rows: SignalRows;
  readonly patients: readonly string[];
}

/** Rows of several classes in the same division, where there are two classes or more. */
export interface ClassSets {
  readonly classes: readonly string[];
  readonly training: LabelledRows;
  readonly heldOut: LabelledRows & Pick<PatientRows, "patients">;
  /** Null where the synthetic source has not all of the classes. */
  readonly synthetic: LabelledRows | null;
}

/** The sets of a comparison, scaled, rows of one length. */
export interface ClosenessSets {
  readonly synthetic: SignalRows;
  readonly training: PatientRows;
  readonly heldOut: PatientRows;
  /** All that was learned from, as far as it can be searched for copies, and as much that was not. */
  readonly privacy: { readonly training: PatientRows; readonly heldOut: PatientRows };
  readonly classes: ClassSets | null;
  readonly compared: ComparedSets;
}

/** What a worker has read for a comparison. */
export interface ReadSets {
  /** Synthetic rows, by patient or recording. */
  readonly synthetic: readonly ClassedRows[];
  /** Real patients that the synthetic set was made from; empty where it was made from none. */
  readonly learnedFrom: readonly ClassedRows[];
  /** The very rows that were learned from, where that is not all of them. */
  readonly learnedRows?: readonly ClassedRows[];
  /** Real patients besides. */
  readonly others: readonly ClassedRows[];
  readonly origin: RowOrigin;
  /** Of the synthetic amplitudes: `mV` or `SD`. */
  readonly unit: string;
  readonly notes: readonly string[];
}

interface Wanted {
  readonly form: GeneratedForm;
  readonly rowClass: string;
  readonly scaling: RowScaling;
  readonly rows: number;
  readonly seed: number;
}

const fewestRows = 12;
/** Rows of each side that are searched for copies. */
const mostSearched = 4000;

/**
 * Divides real patients into those that were learned from and others, and takes the rows of a class evenly from each. Where
 * nothing was learned from them, or everything, half of the patients in random order stand for each side.
 * @throws Failure `too-few-patients`, `too-few-rows` or `unit-differs`
 */
export function closenessSets(read: ReadSets, wanted: Wanted): ClosenessSets {
  const { scaling, rowClass, seed, rows, form } = wanted;
  if (read.unit !== "mV" && scaling !== "standardise") {
    throw new Failure(
      "unit-differs",
      `The synthetic amplitudes are in ${read.unit}, the real ones in mV.`,
      "amplitudes",
      "Compare shapes only, or choose another preset of the simulator.",
    );
  }
  const notes = [...read.notes];
  const { training, heldOut, isUnseen } = divided(read, rowClass, seed);
  if (!isUnseen) {
    notes.push(
      "The generator has learned from every patient of the real set, so that nothing here says anything of others: half of the patients stand for each side.",
    );
  }
  const of = (sources: readonly ClassedRows[], stream: number, most = rows) =>
    takeRows(sources, rowClass, { ...wanted, most, stream });
  const sets = {
    synthetic: of(read.synthetic, 91),
    training: of(training, 92),
    heldOut: of(heldOut, 93),
  };
  for (const [name, { count }] of Object.entries(sets).map(([name, set]) => [name, set.rows] as const)) {
    if (count >= fewestRows) continue;
    throw new Failure(
      "too-few-rows",
      `There are ${count} ${form} of class ${rowClass} on the ${nameOf[name]} side; ${fewestRows} are the least.`,
      form,
      "Choose another class, more records, or more patients.",
    );
  }
  return {
    synthetic: sets.synthetic.rows,
    training: sets.training,
    heldOut: sets.heldOut,
    privacy: {
      training: of(isUnseen ? (read.learnedRows ?? training) : training, 94, mostSearched),
      heldOut: of(heldOut, 95, mostSearched),
    },
    classes: classSets({ synthetic: read.synthetic, training, heldOut }, wanted),
    compared: {
      synthetic: sets.synthetic.rows.count,
      training: sets.training.rows.count,
      heldOut: sets.heldOut.rows.count,
      trainingPatients: new Set(sets.training.patients).size,
      heldOutPatients: new Set(sets.heldOut.patients).size,
      isUnseen,
      origin: read.origin,
      unit: scaling === "standardise" ? "SD" : read.unit,
      ...generatedForms[form],
      notes,
    },
  };
}

const nameOf: Readonly<Record<string, string>> = {
  synthetic: "synthetic",
  training: "training",
  heldOut: "held-out",
};

function divided({ learnedFrom, others }: ReadSets, rowClass: string, seed: number) {
  if (learnedFrom.length > 0 && hasClass(others, rowClass)) {
    return { training: learnedFrom, heldOut: others, isUnseen: true };
  }
  const all = learnedFrom.length > 0 ? learnedFrom : others;
  const own = all.filter((each) => hasClass([each], rowClass));
  const patients = [...new Set(own.map(({ patient }) => patient))];
  if (patients.length < 2) {
    throw new Failure(
      "too-few-patients",
      `${patients.length === 1 ? "One patient has" : "No patient has"} rows of class ${rowClass}; a division by patient needs two.`,
      "real set",
      "Choose another class, or more records.",
    );
  }
  const random = createRandom(seed, 90);
  const keyed = patients.map((patient) => ({ patient, key: random.uniform() }));
  keyed.sort((one, other) => one.key - other.key);
  const first = new Set(keyed.slice(0, patients.length >> 1).map(({ patient }) => patient));
  return {
    training: all.filter(({ patient }) => first.has(patient)),
    heldOut: all.filter(({ patient }) => !first.has(patient)),
    isUnseen: learnedFrom.length === 0,
  };
}

const hasClass = (sources: readonly ClassedRows[], rowClass: string) =>
  sources.some(({ classes }) => classes.includes(rowClass));

interface Drawing {
  readonly form: GeneratedForm;
  readonly scaling: RowScaling;
  readonly most: number;
  readonly seed: number;
  readonly stream: number;
}

/** Rows of a class, as many as wanted at most, drawn evenly; with the patient of each. */
function takeRows(
  sources: readonly ClassedRows[],
  rowClass: string,
  { form, scaling, most, seed, stream }: Drawing,
): PatientRows {
  const { length } = generatedForms[form];
  const random = createRandom(seed, stream);
  const found = sources.flatMap((source) =>
    source.classes.flatMap((each, row) =>
      each === rowClass ? [{ source, row, key: random.uniform() }] : [],
    ),
  );
  const limit = found.map(({ key }) => key).toSorted((one, other) => one - other)[most - 1] ?? 1;
  const kept = found.filter(({ key }) => key <= limit);
  const values = new Float32Array(kept.length * length);
  kept.forEach(({ source, row }, at) => {
    values.set(source.values.subarray(row * length, (row + 1) * length), at * length);
  });
  const rows = Int32Array.from(kept, (_, row) => row);
  const { samples } = scaleBeats({ rows, samples: values, length }, scaling satisfies BeatScaling);
  return {
    rows: { values: samples, count: kept.length, length },
    patients: kept.map(({ source }) => source.patient),
  };
}

interface Sides {
  readonly synthetic: readonly ClassedRows[];
  readonly training: readonly ClassedRows[];
  readonly heldOut: readonly ClassedRows[];
}

/** Fewest rows of a class on a side for a classifier to learn it. */
const fewestOfClass = 20;

/** Rows of every class that both real sides have enough of; null for fewer than two classes. */
function classSets(sides: Sides, wanted: Wanted): ClassSets | null {
  const names = [...new Set(sides.training.flatMap(({ classes }) => classes))]
    // Q is what no class was given to.
    .filter((name): name is string => name !== null && name !== "Q")
    .toSorted();
  const of = (sources: readonly ClassedRows[], stream: number) =>
    names.map((name, index) =>
      takeRows(sources, name, { ...wanted, most: wanted.rows, stream: stream + index }),
    );
  const [synthetic, training, heldOut] = [
    of(sides.synthetic, 200),
    of(sides.training, 300),
    of(sides.heldOut, 400),
  ];
  const chosen = names.flatMap((_, index) =>
    Math.min(training[index].rows.count, heldOut[index].rows.count) >= fewestOfClass ? [index] : [],
  );
  if (chosen.length < 2) return null;
  const together = (sets: readonly PatientRows[]): LabelledRows & PatientRows => {
    const own = chosen.map((index) => sets[index].rows);
    return {
      rows: own.reduce(joined),
      labels: Uint8Array.from(own.flatMap(({ count }, label) => Array<number>(count).fill(label))),
      patients: chosen.flatMap((index) => sets[index].patients),
    };
  };
  const hasAll = chosen.every((index) => synthetic[index].rows.count >= fewestOfClass);
  return {
    classes: chosen.map((index) => names[index]),
    training: together(training),
    heldOut: together(heldOut),
    synthetic: hasAll ? together(synthetic) : null,
  };
}

/** Some rows at even distances. */
export function someRows(rows: SignalRows, wanted: number): SignalRows {
  const count = Math.min(rows.count, wanted);
  return rowsAt(
    rows,
    Array.from({ length: count }, (_, index) => Math.floor((index * rows.count) / count)),
  );
}
