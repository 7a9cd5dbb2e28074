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
  /** Poisson deviate with this mean, by Knuth's product: as many steps as the mean. */
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

/** |x| of a 32-bit integer, one less below zero, so that it stays one. */
const magnitude = (x: number) => x ^ (x >> 31);

/** Step of splitmix32's counter. */
const weyl = 0x9e3779b9;

/** The output function of splitmix32. */
function scrambled(counter: number): number {
  let word = counter ^ (counter >>> 16);
  word = Math.imul(word, 0x21f0aaad);
  word ^= word >>> 15;
  word = Math.imul(word, 0x735a2d97);
  return word ^ (word >>> 15);
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
    // Half of the state comes from the seed alone, so that no stream of one seed is a stream of another.
    this.c = scrambled(seed + weyl);
    this.d = scrambled(seed + 2 * weyl) | 1;
    const mixed = seed ^ Math.imul(stream + 1, 0x85ebca6b);
    this.a = scrambled(mixed + 3 * weyl);
    this.b = scrambled(mixed + 4 * weyl);
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
    return magnitude(deviate) < layerLimit[layer]
      ? deviate * layerScale[layer]
      : this.normalOutside(deviate, layer);
  }

  /** One deviate in seventy: the tail, or the wedge between a layer and the curve. */
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
    // e^−mean must not underflow; a sum of Poisson deviates is one of the summed mean.
    if (mean > 500) return this.poisson(mean / 2) + this.poisson(mean / 2);
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++;
    return count;
  }

  /** As `normal` sample by sample, with the state in registers: four times as fast. */
  addNormal(samples: Float32Array | Float64Array, standardDeviation: number): void {
    let { a, b, c, d } = this;
    for (let index = 0; index < samples.length; index++) {
      const product = Math.imul(b, 5);
      const word = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const layer = word & (layers - 1);
      const deviate = word & ~(layers - 1);
      if (magnitude(deviate) < layerLimit[layer]) {
        samples[index] += standardDeviation * (deviate * layerScale[layer]);
        continue;
      }
      this.a = a;
      this.b = b;
      this.c = c;
      this.d = d;
      samples[index] += standardDeviation * this.normalOutside(deviate, layer);
      ({ a, b, c, d } = this);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  state(): Uint32Array {
    return Uint32Array.of(this.a, this.b, this.c, this.d);
  }

  restore(state: Uint32Array): void {
    [this.a, this.b, this.c, this.d] = Int32Array.from(state);
  }
}
