import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

/**
 * A recurrent cell in WGSL. Both functions are called for one unit of one row of the batch at one time step; `own` is the
 * place in `carried`, an array of the thread's own that is 0 before the first step, where they may keep one number a unit.
 * `UNITS` is the number of units.
 */
export interface RecurrentCell {
  readonly name: string;
  /** Gates in the projected inputs, whose width is as many times the units; at most four. */
  readonly gates: 3 | 4;
  /** Numbers a unit and step that the forward program writes; the hidden state is the last of them. */
  readonly kept: number;
  /** What the forward program reads beside the projected inputs and the recurrent weights. */
  readonly constants: readonly string[];
  /**
   * `fn advance(step: i32, unit: i32, own: i32, given: vec4<f32>, fed: vec4<f32>, before: f32) -> f32`: the hidden state
   * from the projected input, the recurrent product and the hidden state before. `step` is row × time + t.
   */
  readonly forward: string;
  /**
   * `fn retreat(step: i32, isFirst: bool, unit: i32, own: i32, dh: f32) -> vec4<f32>`: the gradients of the four
   * recurrent products from the part of the hidden state's gradient that came by later products.
   */
  readonly backward: string;
}

/** Rows that are computed at once are in workgroup memory, of which every device has this much, bytes. */
const workgroupBytes = 16_384;
/** Workgroups from which on rows share them: a graphics card has some tens of processors, and each should have one. */
const enoughGroups = 32;
/** Threads of a workgroup that every device offers. */
const mostThreads = 256;

/** One number a unit for the hidden states before and after a step. */
const forwardBytes = 2 * 4;
/** Four gradients a unit. */
const backwardBytes = 4 * 4;

/** Units up to which a row's gradients fit in workgroup memory. */
export const mostUnits = workgroupBytes / backwardBytes;

/** How a batch is spread over a device. */
export interface Spread {
  /** Rows that a workgroup computes with each weight that it reads. */
  readonly rows: number;
  readonly groups: number;
  readonly threads: number;
}

/**
 * Few rows a workgroup while there are processors left, more when these would only read the same weights again.
 * @param bytesPerUnit workgroup memory, a unit and row
 */
export function spreadOf(batch: number, units: number, bytesPerUnit: number): Spread {
  const suits = (rows: number) =>
    rows === 1 || (batch >= rows * enoughGroups && rows * units * bytesPerUnit <= workgroupBytes);
  const rows = [4, 2, 1].find(suits) ?? 1;
  return {
    rows,
    groups: Math.ceil(batch / rows),
    threads: Math.min(mostThreads, 32 * Math.ceil(units / 32)),
  };
}

interface SequenceShape {
  readonly batch: number;
  readonly time: number;
  readonly units: number;
}

/**
 * A cell over a whole sequence, one workgroup for some rows of the batch; a thread has every gate of its own units.
 * Reads `projected` `[batch, time, gates × units]`, `recurrent` `[units before, units, 4]` and the cell's constants;
 * writes `[batch, time, kept × units]`.
 */
export function forwardProgram(cell: RecurrentCell, shape: SequenceShape): WebGPUProgram {
  const { batch, time, units } = shape;
  const spread = spreadOf(batch, units, forwardBytes);
  return {
    ...programOf(`${cell.name}Forward`, spread, units),
    outputShape: [batch, time, cell.kept * units],
    variableNames: ["projected", "recurrent", ...cell.constants],
    variableComponents: [1, 4, ...cell.constants.map(() => 1)],
    getUserCode: () => `
      ${declarations(spread, units)}
      // Of the step before and of the present one, in turns: one barrier a step is enough.
      var<workgroup> hidden: array<f32, ${2 * spread.rows * units}>;
      ${cell.forward}

      fn main(index: i32) {
        let thread = index % THREADS;
        let row = index / THREADS * ROWS;
        let time = uniforms.outShape.y;
        for (var t = 0; t < time; t++) {
          let earlier = (t & 1) * ROWS * UNITS;
          let present = ROWS * UNITS - earlier;
          for (var unit = thread; unit < UNITS; unit += THREADS) {
            let own = unit / THREADS * ROWS;
            ${perRow(
              spread,
              (each) => `
            let step${each} = rowOf(row + ${each}) * time + t;
            let given${each} = inputs(step${each}, unit);
            var fed${each} = vec4<f32>(0);`,
            )}
            for (var other = 0; other < UNITS; other++) {
              let weights = recurrent[other * UNITS + unit];
              ${perRow(spread, (each) => `fed${each} += hidden[earlier + ${each} * UNITS + other] * weights;`)}
            }
            ${perRow(
              spread,
              (each) => `
            hidden[present + ${each} * UNITS + unit] = advance(
              step${each}, unit, own + ${each}, given${each}, fed${each}, hidden[earlier + ${each} * UNITS + unit]
            );`,
            )}
          }
          workgroupBarrier();
        }
      }

      fn inputs(step: i32, unit: i32) -> vec4<f32> {
        let at = step * ${cell.gates} * UNITS + unit;
        return vec4<f32>(${[0, 1, 2, 3]
          .map((gate) => (gate < cell.gates ? `projected[at + ${gate} * UNITS]` : "0"))
          .join(", ")});
      }`,
  };
}

/**
 * The gradient through a cell's sequence, from the last step to the first.
 * Reads `upstream` `[batch, time, units]`, `kept` as the forward program wrote it and `turned`
 * `[units, units before, 4]`; writes what the cell does, `[batch, time, 4 × units]`.
 */
export function backwardProgram(cell: RecurrentCell, shape: SequenceShape): WebGPUProgram {
  const { batch, time, units } = shape;
  const spread = spreadOf(batch, units, backwardBytes);
  return {
    ...programOf(`${cell.name}Backward`, spread, units),
    outputShape: [batch, time, 4 * units],
    variableNames: ["upstream", "kept", "turned"],
    variableComponents: [1, 1, 4],
    getUserCode: () => `
      ${declarations(spread, units)}
      var<workgroup> gradients: array<vec4<f32>, ${spread.rows * units}>;
      // What comes back to a unit's hidden state by the products of the later step.
      var<private> returned: array<f32, ${ownNumbers(spread, units)}>;
      ${cell.backward}

      fn main(index: i32) {
        let thread = index % THREADS;
        let row = index / THREADS * ROWS;
        let time = uniforms.outShape.y;
        for (var t = time - 1; t >= 0; t--) {
          for (var unit = thread; unit < UNITS; unit += THREADS) {
            let own = unit / THREADS * ROWS;
            ${perRow(
              spread,
              (each) => `
            gradients[${each} * UNITS + unit] = retreat(
              rowOf(row + ${each}) * time + t, t == 0, unit, own + ${each}, returned[own + ${each}]
            );`,
            )}
          }
          workgroupBarrier();
          for (var unit = thread; unit < UNITS; unit += THREADS) {
            let own = unit / THREADS * ROWS;
            ${perRow(spread, (each) => `var sum${each} = 0.0;`)}
            for (var other = 0; other < UNITS; other++) {
              let weights = turned[other * UNITS + unit];
              ${perRow(spread, (each) => `sum${each} += dot(gradients[${each} * UNITS + other], weights);`)}
            }
            ${perRow(spread, (each) => `returned[own + ${each}] = sum${each};`)}
          }
          workgroupBarrier();
        }
      }`,
  };
}

/** What depends on nothing but the spread. The sizes are constants of the code: each has a pipeline of its own. */
function programOf(name: string, { rows, groups, threads }: Spread, units: number) {
  return {
    shaderKey: `${name}_${units}_${rows}`,
    dispatchLayout: { x: [0] },
    dispatch: [groups, 1, 1] as [number, number, number],
    workgroupSize: [threads, 1, 1] as [number, number, number],
  };
}

/** Rows and units that a thread has of its own. */
const ownNumbers = ({ rows, threads }: Spread, units: number) => rows * Math.ceil(units / threads);

/** The same code for every row of a workgroup: written out, so that its numbers stay in registers. */
function perRow({ rows }: Spread, code: (row: number) => string): string {
  return Array.from({ length: rows }, (_, row) => code(row)).join("\n");
}

const declarations = (spread: Spread, units: number) => `
      const UNITS = ${units};
      const ROWS = ${spread.rows};
      const THREADS = ${spread.threads};
      var<private> carried: array<f32, ${ownNumbers(spread, units)}>;

      // Where the batch does not fill the last workgroup, its last row is computed more than once, by the same threads.
      fn rowOf(row: i32) -> i32 {
        return min(row, uniforms.outShape.x - 1);
      }`;
