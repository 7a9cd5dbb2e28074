import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DownloadError, downloadAll, fetchChecksums } from "./download.mjs";
import { root } from "./install.mjs";

/** What is taken of each database: those of its published files whose paths match, and of the records the first so many. */
const databases = {
  mitdb: {
    title: "MIT-BIH Arrhythmia Database 1.0.0",
    address: "mitdb/1.0.0",
    licence: "Open Data Commons Attribution License 1.0 (ODC-BY 1.0)",
    cite: "Moody & Mark, IEEE Eng Med Biol 20(3):45-50, 2001; Goldberger et al., Circulation 101:e215, 2000",
    tables: /^(RECORDS|ANNOTATORS)$/,
    records: () => /^(\d{3})\.(hea|dat|atr)$/,
  },
  ptbxl: {
    title: "PTB-XL 1.0.3",
    address: "ptb-xl/1.0.3",
    licence: "Creative Commons Attribution 4.0 International (CC BY 4.0)",
    cite: "Wagner et al., Scientific Data 7:154, 2020; Goldberger et al., Circulation 101:e215, 2000",
    tables: /^(ptbxl_database\.csv|scp_statements\.csv|LICENSE\.txt|RECORDS)$/,
    records: (rate) =>
      rate === "100"
        ? /^records100\/\d{5}\/(\d{5})_lr\.(hea|dat)$/
        : /^records500\/\d{5}\/(\d{5})_hr\.(hea|dat)$/,
  },
};

const help = `npm run data -- [options]

Downloads records for the workbench and its tests from physionet.org: the MIT-BIH Arrhythmia Database (48 records,
about 100 MB) and the first records of PTB-XL. Every file is verified against the published SHA-256. What was
interrupted is continued; what is there already is not loaded again.

  --only mitdb|ptbxl   one database alone
  --ptbxl N            the first N records of PTB-XL, or all (21,799 records); 500 unless told
  --rate 100|500       PTB-XL at 100 or 500 samples a second; 500 unless told
  --to FOLDER          data/ unless told
  --help               this text

ECG_DATA_URL in the environment stands for another address than https://physionet.org/files.
With ECG_DATA_DIR set to the folder, the tests run on these records as well.`;

class UsageError extends Error {}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        only: { type: "string" },
        ptbxl: { type: "string", default: "500" },
        rate: { type: "string", default: "500" },
        to: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  const { only, ptbxl, rate, to } = values;
  if (only !== undefined && !Object.hasOwn(databases, only)) {
    throw new UsageError(`--only takes mitdb or ptbxl, not ${only}.`);
  }
  if (rate !== "100" && rate !== "500") throw new UsageError(`--rate takes 100 or 500, not ${rate}.`);
  if (ptbxl !== "all" && !/^[1-9]\d*$/.test(ptbxl)) {
    throw new UsageError(`--ptbxl takes a number of records or all, not ${ptbxl}.`);
  }
  const names = only === undefined ? Object.keys(databases) : [only];
  const count = ptbxl === "all" ? Number.POSITIVE_INFINITY : Number(ptbxl);
  return {
    names,
    count,
    rate,
    folder: to === undefined ? join(root, "data") : resolve(process.env.INIT_CWD ?? "", to),
    help: values.help,
  };
}

/** The files of a database that are wanted, each `{ url, path, hash }`. */
function choose(checksums, { tables, records }, { count, rate }, baseUrl, folder) {
  const pattern = records(rate);
  const numbers = new Set(checksums.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []));
  const first = new Set([...numbers].sort().slice(0, count));
  return checksums
    .filter(({ path }) => tables.test(path) || first.has(pattern.exec(path)?.[1]))
    .map(({ hash, path }) => ({ url: `${baseUrl}/${path}`, path: join(folder, path), hash }));
}

/** Shows how far a download has come: in place on a terminal, otherwise a line every so often. */
function createProgress(files) {
  const started = performance.now();
  const expected = new Map();
  const present = new Map();
  const finished = new Set();
  const isTerminal = process.stdout.isTTY === true;
  let last = 0;
  let arrived = 0;
  let loaded = 0;

  const show = (now) => {
    last = now;
    const seconds = (now - started) / 1000;
    const text = `${finished.size} of ${files.length} files, ${megabytes(arrived)}${timeLeft(seconds)}`;
    process.stdout.write(isTerminal ? `\r\x1b[K  ${text}` : `  ${text}\n`);
  };
  // Files whose size is not known yet are taken for the average of those that are.
  const timeLeft = (seconds) => {
    if (arrived === 0 || seconds < 1) return "";
    const sizes = [...expected.values()];
    const mean = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
    const unknown =
      files.length - finished.size - [...expected.keys()].filter((file) => !finished.has(file)).length;
    let left = unknown * mean;
    for (const [file, size] of expected) if (!finished.has(file)) left += size - (present.get(file) ?? 0);
    const rest = Math.round((left / arrived) * seconds);
    return `, ${megabytes(arrived / seconds)}/s, about ${rest < 90 ? `${rest} s` : `${Math.round(rest / 60)} min`} left`;
  };
  return {
    report({ file, received, bytes, size, state }) {
      if (state !== undefined) {
        finished.add(file);
        if (state === "downloaded") loaded++;
      } else {
        arrived += received;
        present.set(file, bytes);
        if (Number.isFinite(size)) expected.set(file, size);
      }
      const now = performance.now();
      if (now - last > (isTerminal ? 200 : 10_000)) show(now);
    },
    end() {
      if (isTerminal) process.stdout.write("\r\x1b[K");
      console.log(
        `  ${loaded} files downloaded (${megabytes(arrived)}), ${finished.size - loaded} were there; all verified.`,
      );
    },
  };
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

async function main() {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const server = (process.env.ECG_DATA_URL ?? "https://physionet.org/files").replace(/\/+$/, "");
  for (const name of options.names) {
    const database = databases[name];
    const folder = join(options.folder, name);
    const baseUrl = `${server}/${database.address}`;
    console.log(`${database.title} → ${folder}\n  Licence: ${database.licence}\n  Cite: ${database.cite}`);
    const checksums = await fetchChecksums(baseUrl, folder);
    const files = choose(checksums, database, options, baseUrl, folder);
    const progress = createProgress(files);
    await downloadAll(files, progress.report);
    progress.end();
  }
}

process.on("SIGINT", () => {
  console.error("\nInterrupted. What has arrived is kept: run the same command again to continue.");
  process.exit(130);
});

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
  if (!(error instanceof DownloadError)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}
