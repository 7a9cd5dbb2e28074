import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";
import type { ParameterValue } from "../domain/recording.ts";
import { parseValue, type Schema } from "../domain/schema.ts";
import { writeSynthetic } from "../services/synthesis.ts";
import { simulatorNamed, simulators } from "../simulators/index.ts";
import { type Command, numberOf, pathOf, print, UsageError } from "./command.ts";

const options = {
  simulator: { type: "string", default: "gaussian" },
  preset: { type: "string" },
  rhythm: { type: "string", default: "normal" },
  count: { type: "string" },
  seed: { type: "string" },
  duration: { type: "string" },
  frequency: { type: "string" },
  set: { type: "string", multiple: true, default: [] as string[] },
  exact: { type: "boolean", default: false },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Writes synthetic recordings as WFDB records with annotations and a manifest. */
export const synth: Command = {
  summary: "write synthetic recordings as WFDB records",
  help: `npm run ecg -- synth --out DIR [options]

Writes one WFDB record (.hea, .dat, .atr with beats, waves and rhythm) for each recording, and manifest.json with
everything that is needed to make them again. Everything that is written says that it is synthetic.

  --simulator NAME     ${Object.keys(simulators).join(" or ")} (gaussian)
  --preset NAME        the simulator's preset (its first)
  --rhythm NAME        normal, af, aflt, pvc or wpw (normal)
  --count N            how many recordings (1)
  --seed N             seed of the first; each further one takes the next (1)
  --duration S         seconds (10)
  --frequency HZ       sampling frequency (500)
  --set KEY=VALUE      a parameter, as often as you like: --set R.amplitude=1.2
  --exact              the parameters as they stand; without it each recording draws its own around them
  --json               print the manifest instead of a list

Examples
  npm run ecg -- synth --rhythm af --count 10 --seed 7 --out corpus
  npm run ecg -- synth --preset author --count 100 --out author-corpus
  npm run ecg -- synth --simulator mcsharry --set heartRate.mean=90 --exact --out ecgsyn`,
  async run(words) {
    const { values } = parseArgs({ args: [...words], options });
    if (values.out === undefined) throw new UsageError("--out DIR is missing.");
    const simulator = simulatorNamed(values.simulator);
    const preset = values.preset ?? simulator.presets[0].value;
    const request = {
      simulator: values.simulator,
      preset,
      rhythm: values.rhythm,
      overrides: overridesOf(values.set, simulator.schema(preset, values.rhythm)),
      variation: values.exact ? ("exact" as const) : ("drawn" as const),
      duration: numberOf("duration", values.duration, 10),
      samplingFrequency: numberOf("frequency", values.frequency, 500),
    };
    const count = wholeNumber("count", values.count, 1);
    const first = wholeNumber("seed", values.seed, 1);
    const folder = pathOf(values.out);
    await makeFolder(folder);
    const digits = String(count - 1).length;
    const manifests = [];
    for (let index = 0; index < count; index++) {
      const seed = (first + index) % 2 ** 32;
      const name = `${values.simulator}_${values.rhythm}_${String(index).padStart(digits, "0")}`;
      const { files, manifest } = await writeSynthetic(name, { ...request, seed });
      for (const file of files) await writeFile(join(folder, file.name), file.bytes);
      manifests.push(manifest);
      if (!values.json) print(join(values.out, name));
    }
    const text = JSON.stringify({ kind: "synthetic corpus", records: manifests }, null, 2);
    await writeFile(join(folder, "manifest.json"), `${text}\n`);
    if (values.json) print(text);
  },
};

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  const value = numberOf(name, text, fallback);
  if (!Number.isInteger(value) || value < (name === "count" ? 1 : 0)) {
    throw new UsageError(`--${name} takes a whole number, not ${text}.`);
  }
  return value;
}

function overridesOf(settings: readonly string[], schema: Schema): Record<string, ParameterValue> {
  return Object.fromEntries(
    settings.map((setting) => {
      const [key, ...rest] = setting.split("=");
      if (rest.length === 0) throw new UsageError(`--set takes KEY=VALUE, not ${setting}.`);
      const field = schema[key];
      if (field === undefined) {
        const known = Object.keys(schema).join(", ");
        throw new Failure("unknown-parameter", "There is no such parameter here.", key, `Known: ${known}.`);
      }
      return [key, parseValue(key, field, rest.join("="))];
    }),
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(
      "unwritable",
      `The folder cannot be made (${reason}).`,
      folder,
      "Choose another with --out.",
    );
  }
}
