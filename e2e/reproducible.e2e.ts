import { expect, test } from "@playwright/test";
import { simulateGaussian } from "../src/simulators/gaussian/recording.ts";
import { simulateMcsharry } from "../src/simulators/mcsharry/recording.ts";
import type { SimulationRequest } from "../src/simulators/simulator.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

/** FNV-1a over the samples' 32-bit words, as the page writes it beside its strip. */
function checksum(samples: Float32Array): string {
  const words = new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
  return (words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193), 0x811c9dc5) >>> 0).toString(16);
}

const common = { seed: 42, duration: 10, samplingFrequency: 500 } as const;
const cases: readonly [
  string,
  (request: SimulationRequest) => { samples: Float32Array },
  SimulationRequest,
][] = [
  [
    "preset=author&rhythm=pvc&variation=drawn",
    simulateGaussian,
    { ...common, preset: "author", rhythm: "pvc", variation: "drawn", overrides: {} },
  ],
  [
    "rhythm=aflt&T.amplitude=0.5",
    simulateGaussian,
    { ...common, preset: "clinical", rhythm: "aflt", variation: "exact", overrides: { "T.amplitude": 0.5 } },
  ],
  [
    "simulator=mcsharry&preset=ecgsyn",
    simulateMcsharry,
    { ...common, preset: "ecgsyn", rhythm: "normal", variation: "exact", overrides: {} },
  ],
];

for (const [query, simulate, request] of cases) {
  test(`the page's worker and Node give the same samples: ${query}`, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open(`#/synthesise?seed=42&${query}`);
    expect(await workbench.picture()).toBe(checksum(simulate(request).samples));
  });
}
