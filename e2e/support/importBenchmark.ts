import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { chromium, type Page } from "@playwright/test";
import { TextReader, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";
import type { FrameBenchmark, PageFigure } from "./frameBenchmark.ts";

/** As many as PTB-XL has. */
const records = 21_800;
const frames = 1000;
const leads = ["I", "II", "III", "AVR", "AVL", "AVF", "V1", "V2", "V3", "V4", "V5", "V6"];
/** Largest memory of a process of the page that is allowed, MB. */
const mostMemory = 500;

/** Ten seconds of twelve leads at 100 Hz with a beat every 0.8 s, no two alike; in format 16, as PTB-XL is. */
function signalsOf(seed: number): Uint8Array {
  const samples = new Int16Array(frames * leads.length);
  let state = seed + 1;
  for (let frame = 0; frame < frames; frame++) {
    const phase = ((frame + seed) % 80) - 40;
    const wave = 900 * Math.exp(-0.5 * (phase / 1.6) ** 2) + 180 * Math.exp(-0.5 * ((phase - 24) / 5) ** 2);
    for (let lead = 0; lead < leads.length; lead++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      samples[frame * leads.length + lead] = wave * (1 - lead / 24) + (state >>> 27);
    }
  }
  return new Uint8Array(samples.buffer);
}

/** First value and checksum of a lead, as its header states them. */
function statedOf(signals: Uint8Array, lead: number): { readonly first: number; readonly sum: number } {
  const samples = new Int16Array(signals.buffer);
  let sum = 0;
  for (let at = lead; at < samples.length; at += leads.length) sum += samples[at];
  return { first: samples[lead], sum: (sum << 16) >> 16 };
}

/** A zip like PTB-XL's: folders of a thousand records, and the table that describes them. */
async function writeZip(path: string): Promise<void> {
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(path)) as WritableStream, {
    level: 0,
    useWebWorkers: false,
  });
  const rows = ["ecg_id,patient_id,age,sex,report,scp_codes,strat_fold,filename_lr,filename_hr"];
  for (let ecgId = 1; ecgId <= records; ecgId++) {
    const name = `${String(ecgId).padStart(5, "0")}_lr`;
    const folder = `records100/${String(Math.floor(ecgId / 1000) * 1000).padStart(5, "0")}`;
    const code = ecgId % 10 === 0 ? "AFIB" : "NORM";
    rows.push(
      `${ecgId},${Math.floor(ecgId / 1.15)}.0,${20 + (ecgId % 60)}.0,${ecgId % 2},"","{'${code}': 100.0}",${1 + (ecgId % 10)},${folder}/${name},x`,
    );
    const signals = signalsOf(ecgId);
    const lines = leads.map((lead, index) => {
      const { first, sum } = statedOf(signals, index);
      return `${name}.dat 16 1000.0(0)/mV 16 0 ${first} ${sum} 0 ${lead}`;
    });
    await zip.add(
      `ptb-xl/${folder}/${name}.hea`,
      new TextReader(`${name} ${leads.length} 100 ${frames}\n${lines.join("\n")}\n`),
    );
    await zip.add(`ptb-xl/${folder}/${name}.dat`, new Uint8ArrayReader(signals));
  }
  await zip.add("ptb-xl/ptbxl_database.csv", new TextReader(`${rows.join("\n")}\n`));
  await zip.close();
}

/**
 * Follows the memory of the processes that run the page and its workers: what is theirs alone, without the browser's
 * program and libraries, which all processes share.
 * @returns the way to stop, which tells the largest of any of them, MB
 */
async function followMemory(page: Page): Promise<() => number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error("the browser tells nothing of its processes");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  let peak = 0;
  const look = () => {
    for (const pid of pids) {
      const own = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
      peak = Math.max(peak, Number(own?.[1] ?? 0) / 1000);
    }
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** A zip the size of PTB-XL at 100 Hz, imported from the disc into a database on the disc. */
export const importBenchmark: FrameBenchmark = {
  name: "import of a zip like PTB-XL",
  async measure(_page, address): Promise<PageFigure[]> {
    const folder = mkdtempSync(join(tmpdir(), "ecg-bench-"));
    try {
      const path = join(folder, "ptb-xl.zip");
      await writeZip(path);
      const size = statSync(path).size;
      const executablePath = process.env.CHROMIUM_PATH;
      const context = await chromium.launchPersistentContext(join(folder, "profile"), {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: ["--no-sandbox", "--disable-background-networking"],
        viewport: { width: 1440, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(`${address}#/records`);
      await page.getByTestId("pick-files").first().setInputFiles(path);
      await page
        .getByRole("dialog")
        .getByRole("button", { name: "Import", exact: true })
        .click({ timeout: 300_000 });
      const stopFollowing = await followMemory(page);
      const began = performance.now();
      const done = page.locator("[data-testid=import-panel][data-phase=done]");
      await done.waitFor({ timeout: 1_800_000 });
      const seconds = (performance.now() - began) / 1000;
      const memory = stopFollowing();
      const told = (await done.textContent()) ?? "";
      if (!told.includes(`${records} records stored`)) throw new Error(`the import told: ${told}`);
      const query = await queryTime(page);
      await context.close();
      const reading = await readingTime(path);
      return [
        {
          name: `import of ${records} records through a zip, ${(records / seconds).toFixed(0)} records/s`,
          value: (1000 * seconds) / records,
          unit: "ms/record",
          baseline: "reading the zip's bytes in Node",
          against: reading / records,
          atMost: 20,
        },
        {
          name: "import through a zip, peak memory",
          value: memory,
          unit: "MB",
          baseline: "the zip",
          against: size / 1e6,
          atMost: mostMemory,
        },
        {
          name: `search over ${records} records, to the changed list`,
          value: query,
          unit: "ms",
          baseline: "100 ms",
          against: 100,
          atMost: 100,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** ms to read a file whole. */
async function readingTime(path: string): Promise<number> {
  const began = performance.now();
  readFileSync(path);
  return performance.now() - began;
}

/** ms from a word in the search field to the count that answers it; the median of several. */
async function queryTime(page: Page): Promise<number> {
  await page.waitForTimeout(2000);
  const times = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('input[placeholder^="Name, patient"]');
    const count = document.querySelector("[data-testid=found-records]");
    if (field === null || count === null) throw new Error("the page has no search");
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const measured: number[] = [];
    for (let index = 10; index < 31; index++) {
      const before = count.textContent;
      const began = performance.now();
      const answered = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (count.textContent === before) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(count, { childList: true, characterData: true, subtree: true });
      });
      set?.call(field, index % 2 === 0 ? `${index}_` : "afib");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await answered;
      measured.push(performance.now() - began);
    }
    return measured;
  });
  return times.sort((one, other) => one - other)[times.length >> 1];
}
