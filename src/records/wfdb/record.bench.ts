import type { Benchmark } from "../../testing/benchmark.ts";
import { readRecord } from "./record.ts";

/** As a record of MIT-BIH: two leads of half an hour at 360 Hz, in format 212. */
const frames = 650_000;
const name = "bench";

function packed(): Uint8Array {
  const bytes = new Uint8Array(3 * frames);
  for (let frame = 0; frame < frames; frame++) {
    const [first, second] = [1024 + ((frame * 7) % 400), 1024 - ((frame * 11) % 300)];
    bytes[3 * frame] = first & 0xff;
    bytes[3 * frame + 1] = (first >> 8) | ((second >> 8) << 4);
    bytes[3 * frame + 2] = second & 0xff;
  }
  return bytes;
}

const header = ["MLII", "V5"].map((lead) => `${name}.dat 212 200 11 1024 0 0 0 ${lead}`).join("\n");
const files = new Map([
  [`${name}.hea`, new TextEncoder().encode(`${name} 2 360 ${frames}\n${header}\n`)],
  [`${name}.dat`, packed()],
]);
const megabytes = (3 * frames) / 1e6;
const repetitions = 20;

function rate(run: () => void): number {
  run();
  const began = performance.now();
  for (let repetition = 0; repetition < repetitions; repetition++) run();
  return (megabytes * repetitions * 1000) / (performance.now() - began);
}

/** The same samples by the plainest loop, without checksum, gaps or units. */
function plainLoop(): Float32Array[] {
  const bytes = files.get(`${name}.dat`) ?? new Uint8Array(0);
  const leads = [new Float32Array(frames), new Float32Array(frames)];
  for (let frame = 0; frame < frames; frame++) {
    const middle = bytes[3 * frame + 1];
    const first = bytes[3 * frame] | ((middle & 0x0f) << 8);
    const second = bytes[3 * frame + 2] | ((middle & 0xf0) << 4);
    leads[0][frame] = (first - (first > 2047 ? 4096 : 0) - 1024) / 200;
    leads[1][frame] = (second - (second > 2047 ? 4096 : 0) - 1024) / 200;
  }
  return leads;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: "reading half an hour of MIT-BIH, with checksums",
    unit: "MB/s",
    better: "higher",
    baseline: "a plain loop over the samples",
    measure: () => rate(() => readRecord(name, files, "")),
    measureBaseline: () => rate(plainLoop),
    atLeastRatio: 0.15,
  },
];
