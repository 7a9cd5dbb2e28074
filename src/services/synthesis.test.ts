import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { connect } from "../boundary/connect.ts";
import { movedBuffers } from "../boundary/move.ts";
import { serve } from "../boundary/serve.ts";
import { defaultsOf, numberAt } from "../domain/schema.ts";
import { filesOfZip } from "../records/zip.ts";
import { simulators } from "../simulators/index.ts";
import { type SynthesisService, synthesisService } from "./synthesis.ts";

const request = {
  simulator: "gaussian",
  preset: "clinical",
  rhythm: "normal",
  overrides: {},
  seed: 7,
  variation: "exact",
  duration: 10,
  samplingFrequency: 500,
} as const;

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** The service as the page has it: behind a port. */
function remoteService() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  serve(synthesisService, port1);
  return connect<SynthesisService>(() => Object.assign(port2, { terminate: () => port1.close() }));
}

describe("every simulator of the registry", () => {
  const choices = Object.entries(simulators).flatMap(([simulator, { presets, rhythms }]) =>
    presets.flatMap((preset) => rhythms.map((rhythm) => [simulator, preset.value, rhythm.value] as const)),
  );

  test.each(choices)(
    "%s, preset %s, rhythm %s: answers whole, and twice the same",
    async (simulator, preset, rhythm) => {
      const remote = remoteService();
      const asked = { ...request, simulator, preset, rhythm };
      const schema = await remote.schema({ simulator, preset, rhythm });
      expect(Object.keys(await remote.draw(asked)).sort()).toEqual(Object.keys(defaultsOf(schema)).sort());
      const [first, second] = await Promise.all([remote.synthesise(asked), remote.synthesise(asked)]);
      expect(first.recording.samples).toHaveLength(5000);
      expect(first.recording.samples.every(Number.isFinite)).toBe(true);
      expect(first.recording.truth.beats.length).toBeGreaterThan(3);
      expect(first.beat.sum).toHaveLength(first.beat.time.length);
      expect(second).toEqual(first);
    },
  );

  test("is described without its functions", async () => {
    const described = await remoteService().describe();
    expect(Object.keys(described)).toEqual(Object.keys(simulators));
    for (const { title, presets, rhythms } of Object.values(described)) {
      expect(title).not.toBe("");
      expect(presets.length * rhythms.length).toBeGreaterThan(0);
    }
  });
});

test("a recording and its beat move: no array of theirs is copied", async () => {
  const { recording, beat } = await synthesisService.synthesise(request);
  const buffers = new Set(movedBuffers({ recording, beat }));
  const arrays = [recording.samples, beat.time, beat.sum, ...beat.components.map(({ samples }) => samples)];
  for (const { buffer } of arrays) expect(buffers).toContain(buffer);
});

test("an unknown simulator or parameter is refused by name", async () => {
  const remote = remoteService();
  await expect(remote.synthesise({ ...request, simulator: "gausian" })).rejects.toMatchObject({
    code: "unknown-simulator",
    place: "gausian",
    remedy: "Choose gaussian, mcsharry.",
  });
  await expect(remote.synthesise({ ...request, simulator: "constructor" })).rejects.toMatchObject({
    code: "unknown-simulator",
  });
  await expect(remote.synthesise({ ...request, overrides: { "P.hight": 1 } })).rejects.toMatchObject({
    code: "unknown-parameter",
    place: "P.hight",
  });
});

describe("an exported record", () => {
  test("holds its files, their hashes and what is needed to make it again", async () => {
    const { files, manifest, zip } = await remoteService().exportRecord("synthetic-7", request);
    expect(files.map(({ name }) => name)).toEqual(["synthetic-7.hea", "synthetic-7.dat", "synthetic-7.atr"]);
    for (const { name, bytes } of files) {
      expect(manifest.files[name]).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
    expect(manifest).toMatchObject({ simulator: "gaussian", preset: "clinical", rhythm: "normal", seed: 7 });
    const archive = await filesOfZip("synthetic-7.zip", new Blob([zip as Uint8Array<ArrayBuffer>]));
    const contents = new Map(
      await Promise.all(archive.map(async (file) => [file.path, await file.read()] as const)),
    );
    expect([...contents.keys()]).toEqual([...files.map(({ name }) => name), "synthetic-7.json"]);
    expect(JSON.parse(new TextDecoder().decode(contents.get("synthetic-7.json")))).toEqual(manifest);
  });

  test("is the recording, to the step of its gain, and says that it is synthetic", async () => {
    const { files } = await synthesisService.exportRecord("synthetic-7", request);
    const { recording } = await synthesisService.synthesise(request);
    const header = new TextDecoder().decode(files[0].bytes);
    expect(header).toContain("# Synthetic electrocardiogram");
    const gain = Number(/16 ([\d.]+)\(0\)\/mV/.exec(header)?.[1]);
    const written = new Int16Array(files[1].bytes.buffer);
    expect(written).toHaveLength(recording.samples.length);
    for (let index = 0; index < written.length; index++) {
      expect(Math.abs(written[index] / gain - recording.samples[index])).toBeLessThan(0.51 / gain);
    }
  });
});

test("fitting a noise-free synthetic beat finds the parameters that made it", async () => {
  const quiet = { ...request, overrides: await withoutNoise() };
  const { recording } = await synthesisService.synthesise(quiet);
  const { beats } = recording.truth;
  const [before, beat, after] = [beats[3], beats[4], beats[5]];
  const cycle = after.rPeak - beat.rPeak;
  const start = beat.rPeak - Math.round(0.36 * (beat.rPeak - before.rPeak));
  const fit = await remoteService().fit({
    samples: recording.samples.slice(start, start + cycle),
    samplingFrequency: 500,
    rPeak: beat.rPeak - start,
    rrInterval: cycle / 500,
    timing: "seconds",
  });
  expect(fit.rSquared).toBeGreaterThan(0.99);
  expect(fit.values["R.amplitude"]).toBeCloseTo(numberAt(recording.parameters, "R.amplitude"), 1);
});

/** Overrides that take away noise and baseline, whatever the schema calls them. */
async function withoutNoise(): Promise<Record<string, number | string | boolean>> {
  const schema = await synthesisService.schema(request);
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([, field]) =>
          /noise|baseline/i.test(field.section) && field.kind === "number" && field.minimum === 0,
      )
      .map(([key]) => [key, 0]),
  );
}
