import { Failure } from "../../../domain/failure.ts";
import { stripPng } from "../../paper/paperPng.ts";
import { type PrintedStrip, stripSvg } from "../../paper/paperSvg.ts";
import { plotImage } from "../../plots/image.ts";
import { saveBlob } from "../../saveFile.ts";
import { type Frame, newestFrame } from "../../state/live.ts";
import { workers } from "../../workers.ts";
import { beatFigureToExport, printedStrip } from "./strips.ts";

interface ExportChoice {
  readonly title: string;
  readonly detail: string;
  run(): Promise<void>;
}

/** What the export menu offers. */
export const exportChoices: readonly ExportChoice[] = [
  {
    title: "WFDB record",
    detail: ".hea, .dat, .atr with beats and waves, and a manifest, zipped",
    run: exportWfdb,
  },
  { title: "CSV", detail: "Time and amplitude of every sample", run: exportCsv },
  {
    title: "Strip as SVG",
    detail: "In true millimetres",
    run: async () => save("svg", "strip", new Blob([stripSvg(strip())], { type: "image/svg+xml" })),
  },
  {
    title: "Strip as PNG",
    detail: "300 dots an inch, in true millimetres",
    run: async () =>
      save(
        "png",
        "strip",
        new Blob([(await stripPng(strip())) as Uint8Array<ArrayBuffer>], { type: "image/png" }),
      ),
  },
  { title: "Beat as SVG", detail: "The beat and its waves", run: () => exportBeat("svg") },
  { title: "Beat as PNG", detail: "The beat and its waves, 2400 pixels wide", run: () => exportBeat("png") },
  { title: "Print", detail: "The strip prints at its true size", run: async () => printStrip(strip()) },
];

function frame(): Frame {
  const newest = newestFrame();
  if (newest === null)
    throw new Failure(
      "nothing-to-export",
      "There is no recording yet.",
      "Export",
      "Wait for the first picture.",
    );
  return newest;
}

function strip(): PrintedStrip {
  const printed = printedStrip();
  if (printed === null)
    throw new Failure("nothing-to-export", "There is no strip yet.", "Export", "Wait for the first picture.");
  return printed;
}

function nameOf({ picture }: Frame): string {
  return `synthetic-${picture.simulator}-${picture.rhythm}-${picture.seed}`;
}

function save(extension: string, part: string, blob: Blob): void {
  saveBlob(`${nameOf(frame())}${part === "" ? "" : `-${part}`}.${extension}`, blob);
}

async function exportWfdb(): Promise<void> {
  const { picture } = frame();
  const name = `synthetic_${picture.simulator}_${picture.rhythm}_${picture.seed}`;
  const { zip } = await workers.synthesis.exportRecord(name, picture);
  save("zip", "wfdb", new Blob([zip as Uint8Array<ArrayBuffer>], { type: "application/zip" }));
}

async function exportCsv(): Promise<void> {
  const { recording, picture } = frame();
  const lines = [
    `# Synthetic electrocardiogram: ${picture.simulator}, preset ${picture.preset}, rhythm ${picture.rhythm}, seed ${picture.seed}`,
    `time_s,II_${recording.unit}`,
    ...Array.from(
      recording.samples,
      (value, index) => `${(index / recording.samplingFrequency).toFixed(6)},${value.toFixed(6)}`,
    ),
  ];
  save("csv", "", new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
}

async function exportBeat(format: "svg" | "png"): Promise<void> {
  const figure = beatFigureToExport();
  if (figure === null)
    throw new Failure("nothing-to-export", "There is no beat yet.", "Export", "Wait for the first picture.");
  const titled = {
    ...figure,
    layout: {
      ...figure.layout,
      margin: { l: 60, r: 20, t: 60, b: 50 },
      title: { text: "One SYNTHETIC beat and its waves", font: { size: 15 } },
    },
  };
  const address = await plotImage(titled, { format, width: 1200, height: 600, scale: 2, scheme: "light" });
  save(format, "beat", await (await fetch(address)).blob());
}

/** Prints the strip alone, as SVG in millimetres, from a frame of its own. */
function printStrip(printed: PrintedStrip): void {
  const page = document.createElement("iframe");
  page.style.cssText = "position:fixed;width:0;height:0;border:0";
  page.title = "The strip for the printer";
  page.srcdoc = `<!doctype html><title>Synthetic ECG strip</title><style>@page{size:A4 landscape;margin:8mm}body{margin:0}</style>${stripSvg(printed)}`;
  page.onload = () => {
    const target = page.contentWindow;
    if (target === null) return;
    target.onafterprint = () => page.remove();
    target.print();
  };
  document.body.append(page);
}
