import { expect, test } from "@playwright/test";
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { readBack, readBackAnnotations } from "./support/wfdbReader.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

const normalBeat = 1;
const ectopicBeat = 5;

test("the WFDB record reads back with its beats, checksums and manifest", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open("#/synthesise?rhythm=pvc&seed=7");
  const { name, bytes } = await workbench.export("WFDB record");
  expect(name).toMatch(/synthetic.*\.zip$/);
  const entries = await new ZipReader(new BlobReader(new Blob([Uint8Array.from(bytes)]))).getEntries();
  const read = async (extension: string) => {
    const entry = entries.find(({ filename }) => filename.endsWith(extension));
    if (entry === undefined || entry.directory) throw new Error(`no ${extension} in the archive`);
    return Buffer.from(await entry.getData(new Uint8ArrayWriter()));
  };
  const record = readBack((await read(".hea")).toString(), await read(".dat"));
  expect(record.frequency).toBe(500);
  expect(record.signals[0]).toHaveLength(5000);
  expect(record.checksumsHold).toBe(true);
  expect(record.names).toEqual(["II"]);
  expect(record.comments.join()).toContain("Synthetic");
  const annotations = readBackAnnotations(await read(".atr"));
  const beats = annotations.filter(({ code }) => code === normalBeat || code === ectopicBeat);
  expect(beats.length).toBeGreaterThan(8);
  expect(beats.some(({ code }) => code === ectopicBeat)).toBe(true);
  for (const { code, sample } of beats) {
    if (code !== normalBeat) continue;
    const around = record.signals[0].slice(Math.max(0, sample - 10), sample + 10);
    expect(record.signals[0][sample]).toBeGreaterThan(Math.max(...around) - 0.15);
  }
  const manifestEntry = entries.find(({ filename }) => filename.endsWith(".json"));
  if (manifestEntry === undefined || manifestEntry.directory) throw new Error("no manifest");
  const manifest = JSON.parse(await manifestEntry.getData(new TextWriter()));
  expect(manifest).toMatchObject({
    kind: "synthetic electrocardiogram",
    seed: 7,
    rhythm: "pvc",
    preset: "clinical",
  });
});

test("CSV holds every sample and says that it is synthetic", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const { bytes } = await workbench.export("CSV");
  const lines = bytes.toString().trimEnd().split("\n");
  expect(lines[0]).toContain("Synthetic");
  expect(lines[1]).toBe("time_s,II_mV");
  expect(lines).toHaveLength(5002);
  expect(lines[2].split(",").map(Number).every(Number.isFinite)).toBe(true);
});

test("the strip's SVG is in true millimetres and labelled", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const svg = (await workbench.export("Strip as SVG")).bytes.toString();
  const [, width, box] = /width="([\d.]+)mm".*viewBox="0 0 ([\d.]+)/.exec(svg) ?? [];
  expect(Number(width)).toBe(Number(box));
  const trace = /class="trace" d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const xs = [...trace.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x));
  expect(xs).toHaveLength(5000);
  expect(xs[500] - xs[0]).toBeCloseTo(25, 2);
  expect(svg).toContain("SYNTHETIC");
});

test("the strip's PNG states the resolution that makes a second 25 mm", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const { bytes } = await workbench.export("Strip as PNG");
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  const at = bytes.indexOf("pHYs");
  expect(bytes.readUInt32BE(at + 4)).toBe(Math.round(300 / 0.0254));
  const millimetres = (bytes.readUInt32BE(16) / bytes.readUInt32BE(at + 4)) * 1000;
  expect(Math.abs(millimetres - (12 + 250 + 5))).toBeLessThan(0.2);
});

test("the beat is exported as SVG and PNG, labelled", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  expect((await workbench.export("Beat as SVG")).bytes.toString()).toContain("SYNTHETIC");
  expect((await workbench.export("Beat as PNG")).bytes.subarray(1, 4).toString()).toBe("PNG");
});
