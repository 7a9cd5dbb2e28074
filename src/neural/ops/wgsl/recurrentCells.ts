import type { RecurrentCell } from "./sequenceProgram.ts";

/** That of the language may overflow for large x, where it is ±1. */
const activations = `
      fn logistic(x: f32) -> f32 {
        return 1.0 / (1.0 + exp(-x));
      }

      fn squash(x: f32) -> f32 {
        let decayed = exp(-2.0 * abs(x));
        return sign(x) * (1.0 - decayed) / (1.0 + decayed);
      }`;

/**
 * The long short-term memory of `lstm`. Keeps input, forget, candidate and output gate, cell and hidden state; its
 * gradient is that of the projected inputs, which is also that of the recurrent products.
 */
export const lstmCell: RecurrentCell = {
  name: "lstm",
  gates: 4,
  kept: 6,
  constants: [],
  forward: `${activations}

      fn advance(step: i32, unit: i32, own: i32, given: vec4<f32>, fed: vec4<f32>, before: f32) -> f32 {
        let sums = given + fed;
        let input = logistic(sums.x);
        let forget = logistic(sums.y);
        let candidate = squash(sums.z);
        let output = logistic(sums.w);
        let memory = forget * carried[own] + input * candidate;
        carried[own] = memory;
        let state = output * squash(memory);
        let at = step * 6 * UNITS + unit;
        result[at] = input;
        result[at + UNITS] = forget;
        result[at + 2 * UNITS] = candidate;
        result[at + 3 * UNITS] = output;
        result[at + 4 * UNITS] = memory;
        result[at + 5 * UNITS] = state;
        return state;
      }`,
  backward: `${activations}

      fn retreat(step: i32, isFirst: bool, unit: i32, own: i32, returned: f32) -> vec4<f32> {
        let at = step * 6 * UNITS + unit;
        let input = kept[at];
        let forget = kept[at + UNITS];
        let candidate = kept[at + 2 * UNITS];
        let output = kept[at + 3 * UNITS];
        let squashed = squash(kept[at + 4 * UNITS]);
        var before = 0.0;
        if (!isFirst) {
          before = kept[at - 2 * UNITS];
        }
        let dh = upstream[step * UNITS + unit] + returned;
        let dc = dh * output * (1.0 - squashed * squashed) + carried[own];
        carried[own] = dc * forget;
        let gradient = vec4<f32>(
          dc * candidate * input * (1.0 - input),
          dc * before * forget * (1.0 - forget),
          dc * input * (1.0 - candidate * candidate),
          dh * squashed * output * (1.0 - output)
        );
        let place = step * 4 * UNITS + unit;
        result[place] = gradient.x;
        result[place + UNITS] = gradient.y;
        result[place + 2 * UNITS] = gradient.z;
        result[place + 3 * UNITS] = gradient.w;
        return gradient;
      }`,
};

/**
 * The gated recurrent unit of `gru`. Keeps reset and update gate, candidate, the recurrent product that the reset gate
 * acts on, and the hidden state; its gradient is that of the projected inputs, then that of this product.
 */
export const gruCell: RecurrentCell = {
  name: "gru",
  gates: 3,
  kept: 5,
  constants: ["bias"],
  forward: `${activations}

      fn advance(step: i32, unit: i32, own: i32, given: vec4<f32>, fed: vec4<f32>, before: f32) -> f32 {
        let reset = logistic(given.x + fed.x + bias[unit]);
        let update = logistic(given.y + fed.y + bias[unit + UNITS]);
        let through = fed.z + bias[unit + 2 * UNITS];
        let candidate = squash(given.z + reset * through);
        let state = candidate + update * (before - candidate);
        let at = step * 5 * UNITS + unit;
        result[at] = reset;
        result[at + UNITS] = update;
        result[at + 2 * UNITS] = candidate;
        result[at + 3 * UNITS] = through;
        result[at + 4 * UNITS] = state;
        return state;
      }`,
  backward: `
      fn retreat(step: i32, isFirst: bool, unit: i32, own: i32, returned: f32) -> vec4<f32> {
        let at = step * 5 * UNITS + unit;
        let reset = kept[at];
        let update = kept[at + UNITS];
        let candidate = kept[at + 2 * UNITS];
        let through = kept[at + 3 * UNITS];
        var before = 0.0;
        if (!isFirst) {
          before = kept[at - UNITS];
        }
        let dh = upstream[step * UNITS + unit] + carried[own] + returned;
        carried[own] = dh * update;
        let dn = dh * (1.0 - update) * (1.0 - candidate * candidate);
        let dz = dh * (before - candidate) * update * (1.0 - update);
        let dr = dn * through * reset * (1.0 - reset);
        let place = step * 4 * UNITS + unit;
        result[place] = dr;
        result[place + UNITS] = dz;
        result[place + 2 * UNITS] = dn;
        result[place + 3 * UNITS] = dn * reset;
        return vec4<f32>(dr, dz, dn * reset, 0);
      }`,
};
