/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna, ACM Trans Math Softw 2021;47:36) with the state filled by
 * splitmix32, and normal deviates by the ziggurat of Marsaglia & Tsang (J Stat Softw 2000;5:8), 128 layers.
 */
export interface Random {
  /** In [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number in [0, n). */
  integer(n: number): number;
  /** Poisson deviate with this mean (Knuth's product; for small means). */
  poisson(mean: number): number;
  /** Adds deviates of the given standard deviation to every sample. */
  addNormal(samples: Float32Array | Float64Array, standardDeviation: number): void;
  /** Begins the sequence of another seed and stream again, without allocating. */
  reseed(seed: number, stream?: number): void;
  /** The four words of the state, to continue later. */
  state(): Uint32Array;
  restore(state: Uint32Array): void;
}

const layers = 128;
const tailStart = 3.442619855899;
const layerArea = 9.91256303526217e-3;
const layerLimit = new Int32Array(layers);
const layerScale = new Float64Array(layers);
const layerDensity = new Float64Array(layers);
fillLayers();

function fillLayers(): void {
  const scale = 2 ** 31;
  let edge = tailStart;
  let previous = tailStart;
  const base = layerArea / Math.exp(-0.5 * edge * edge);
  layerLimit[0] = Math.floor((edge / base) * scale);
  layerLimit[1] = 0;
  layerScale[0] = base / scale;
  layerScale[layers - 1] = edge / scale;
  layerDensity[0] = 1;
  layerDensity[layers - 1] = Math.exp(-0.5 * edge * edge);
  for (let layer = layers - 2; layer >= 1; layer--) {
    edge = Math.sqrt(-2 * Math.log(layerArea / edge + Math.exp(-0.5 * edge * edge)));
    layerLimit[layer + 1] = Math.floor((edge / previous) * scale);
    previous = edge;
    layerDensity[layer] = Math.exp(-0.5 * edge * edge);
    layerScale[layer] = edge / scale;
  }
}

/**
 * A generator with its own state.
 * @param seed   unsigned 32-bit integer
 * @param stream independent sequences of the same seed: one for beats, one for noise …
 */
export function createRandom(seed: number, stream = 0): Random {
  return new Xoshiro(seed, stream);
}

class Xoshiro implements Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: number, stream: number) {
    this.reseed(seed, stream);
  }

  reseed(seed: number, stream = 0): void {
    let counter = (seed ^ Math.imul(stream, 0x85ebca6b)) | 0;
    const next = () => {
      counter = (counter + 0x9e3779b9) | 0;
      let word = counter ^ (counter >>> 16);
      word = Math.imul(word, 0x21f0aaad);
      word ^= word >>> 15;
      word = Math.imul(word, 0x735a2d97);
      return word ^ (word >>> 15);
    };
    this.a = next();
    this.b = next();
    this.c = next();
    // Never all zero: xoshiro would stay there.
    this.d = next() | 1;
  }

  /** The next signed 32-bit word. */
  private word(): number {
    const product = Math.imul(this.b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  uniform(): number {
    return (this.word() >>> 0) * 2.3283064365386963e-10;
  }

  normal(): number {
    const word = this.word();
    const layer = word & (layers - 1);
    // The low seven bits choose the layer, so the deviate uses the others of the same word.
    const deviate = word & ~(layers - 1);
    const magnitude = deviate < 0 ? -deviate : deviate;
    if (magnitude < layerLimit[layer]) return deviate * layerScale[layer];
    return this.normalOutside(deviate, layer);
  }

  private normalOutside(deviate: number, layer: number): number {
    const value = deviate * layerScale[layer];
    if (layer === 0) {
      let x: number;
      let y: number;
      do {
        x = -Math.log(1 - this.uniform()) / tailStart;
        y = -Math.log(1 - this.uniform());
      } while (y + y < x * x);
      return deviate < 0 ? -(tailStart + x) : tailStart + x;
    }
    const height = layerDensity[layer] + this.uniform() * (layerDensity[layer - 1] - layerDensity[layer]);
    return height < Math.exp(-0.5 * value * value) ? value : this.normal();
  }

  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++;
    return count;
  }

  addNormal(samples: Float32Array | Float64Array, standardDeviation: number): void {
    for (let index = 0; index < samples.length; index++) samples[index] += standardDeviation * this.normal();
  }

  state(): Uint32Array {
    return Uint32Array.of(this.a, this.b, this.c, this.d);
  }

  restore(state: Uint32Array): void {
    [this.a, this.b, this.c, this.d] = state;
  }
}
