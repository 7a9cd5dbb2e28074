import { crc32 } from "../../domain/crc32.ts";
import { drawStrip, paperColours } from "./drawPaper.ts";
import { stripWidth } from "./geometry.ts";
import type { PrintedStrip } from "./paperSvg.ts";

const millimetresPerInch = 25.4;

/** The strip as a PNG whose stated resolution makes one second `speed` mm long wherever that is respected. */
export async function stripPng(strip: PrintedStrip, dotsPerInch = 300): Promise<Uint8Array> {
  const pixelsPerMillimetre = dotsPerInch / millimetresPerInch;
  // Text and lines are drawn in CSS pixels and enlarged, so that they keep their size on paper.
  const screen = 96 / millimetresPerInch;
  const width = stripWidth(strip.trace.samples.length / strip.trace.samplingFrequency, strip.speed);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * pixelsPerMillimetre);
  canvas.height = Math.round(strip.height.millimetres * pixelsPerMillimetre);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no canvas to draw on");
  drawStrip(context, width * screen, pixelsPerMillimetre / screen, {
    trace: strip.trace,
    scale: { speed: strip.speed, gain: strip.gain, pixelsPerMillimetre: screen },
    height: strip.height,
    colours: paperColours.light,
    scroll: 0,
    marks: strip.marks,
    title: strip.title,
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("the browser could not make a PNG of this size");
  return withResolution(new Uint8Array(await blob.arrayBuffer()), pixelsPerMillimetre * 1000);
}

/** A PNG with a pHYs chunk that states its pixels a metre (PNG specification, section 11.3.5.3). */
export function withResolution(png: Uint8Array, pixelsPerMetre: number): Uint8Array {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set([0x70, 0x48, 0x59, 0x73], 4);
  view.setUint32(8, Math.round(pixelsPerMetre));
  view.setUint32(12, Math.round(pixelsPerMetre));
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  // Signature (8 bytes) and IHDR (25 bytes) come first; pHYs must stand before the data.
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, 33));
  result.set(chunk, 33);
  result.set(png.subarray(33), 33 + chunk.length);
  return result;
}
