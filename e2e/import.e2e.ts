import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { dataFile, withoutData } from "./support/dataDirectory.ts";
import { longRecord, type MadeFile, smallRecord } from "./support/madeRecords.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

const folder = mkdtempSync(join(tmpdir(), "ecg-import-"));
test.afterAll(() => rmSync(folder, { recursive: true }));

/** Hands files to the page, by way of the disc, without waiting for what it does with them. */
async function pick(page: Page, files: readonly MadeFile[]): Promise<void> {
  const paths = files.map(({ name, buffer }) => {
    const path = join(folder, name);
    writeFileSync(path, buffer, { flag: "w" });
    return path;
  });
  await page.getByTestId("pick-files").first().setInputFiles(paths);
}

/** Long records, enough of them that something can happen meanwhile. */
const longOnes = (count: number, minutes: number) =>
  Array.from({ length: count }, (_, index) => longRecord(`long${index}`, minutes, index)).flat();

async function openRecords(page: Page): Promise<void> {
  await page.goto("/#/records");
  await expect(page.getByRole("heading", { name: "Records", exact: true })).toBeVisible();
}

const finished = (page: Page) => page.locator("[data-testid=import-panel][data-phase=done]");

/** What the database holds, looked at past the workbench: rows and whether each has all its parts. */
function stored(page: Page): Promise<{ records: string[]; halves: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("ecg-workbench");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const names = ["records", "files", "analyses", "beats"];
          const transaction = opening.result.transaction(names);
          const keys = names.map((name) => transaction.objectStore(name).getAllKeys());
          transaction.oncomplete = () => {
            const [records, ...parts] = keys.map((request) => request.result.map(String));
            opening.result.close();
            const halves = parts.flatMap((part) => [
              ...part.filter((key) => !records.includes(key)),
              ...records.filter((key) => !part.includes(key)),
            ]);
            resolve({ records, halves: halves.length });
          };
        };
      }),
  );
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    smallRecord(`r${String(index).padStart(3, "0")}`, 800 + index),
  ).flat();

test("a folder of many records asks what to keep, imports with progress, and gives a list that is searched", async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await openRecords(page);
  await pick(page, many(80));
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("80 records");
  await expect(dialog.getByTestId("import-room")).toContainText("that the browser offers");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(finished(page)).toContainText("80 records stored");
  await expect(page.getByTestId("found-records")).toContainText("80 records");
  await page.getByLabel("Search").fill("r07");
  await expect(page.getByTestId("found-records")).toContainText("10 of 80 records");
  await page.getByRole("button", { name: "r073", exact: true }).click();
  await expect(page.getByTestId("record-page")).toContainText("r073");
  await expect(page.getByTestId("findings")).toContainText("Heart rate");
  await expect(page.getByTestId("beat-gallery")).toContainText("beats");
  workbench.expectNoProblems();
});

for (const wait of [1, 12, 40]) {
  test(`a tab that dies after ${wait} stored records loses none, leaves no half, and goes on`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext();
    const page = await context.newPage();
    await openRecords(page);
    const files = longOnes(59, 10);
    await pick(page, files);
    await expect
      .poll(async () => (await stored(page)).records.length, { intervals: [20], timeout: 60_000 })
      .toBeGreaterThanOrEqual(wait);
    const before = await stored(page);
    await crash(page);
    const next = await context.newPage();
    await openRecords(next);
    const after = await stored(next);
    expect(after.halves).toBe(0);
    for (const hash of before.records) expect(after.records).toContain(hash);
    await expect(next.getByTestId("interrupted-import")).toContainText("of 59 records are stored");
    await pick(next, files);
    await expect(finished(next)).toContainText(/records? stored/, { timeout: 90_000 });
    await expect(finished(next)).toContainText(`${after.records.length} already there`);
    const whole = await stored(next);
    expect([whole.records.length, whole.halves]).toEqual([59, 0]);
    await expect(next.getByTestId("interrupted-import")).toBeHidden();
    await context.close();
  });
}

/** Kills the process of a page, as a browser does that runs out of memory. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {
    // The page that would answer is gone: that is the point.
  });
  await crashed;
}

test("an import is cancelled; what was stored stays, and the next one takes up the rest", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await openRecords(page);
  const files = longOnes(50, 10);
  await pick(page, files);
  await expect.poll(async () => (await stored(page)).records.length, { intervals: [20] }).toBeGreaterThan(0);
  await page.getByTestId("import-panel").getByRole("button", { name: "Cancel" }).click();
  await expect(finished(page)).toContainText("cancelled");
  const kept = (await stored(page)).records.length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(50);
  await pick(page, files);
  await expect(finished(page)).toContainText(`${kept} already there`, { timeout: 60_000 });
  expect((await stored(page)).records).toHaveLength(50);
});

test("when the room is used up the import says how much is missing, and the library stays whole", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await openRecords(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", {
    origin: new URL(page.url()).origin,
    quotaSize: 20e6,
  });
  await pick(page, longOnes(40, 6));
  await expect(finished(page)).toContainText("no more room", { timeout: 60_000 });
  await expect(finished(page)).toContainText(/about \d+ more found no room/);
  const { records, halves } = await stored(page);
  expect(halves).toBe(0);
  expect(records.length).toBeGreaterThan(0);
  expect(records.length).toBeLessThan(40);
  await page
    .getByRole("button", { name: /^long\d+$/ })
    .first()
    .click();
  await expect(page.getByTestId("beat-gallery")).toBeVisible();
});

test("48 half-hour records are in the library within a minute, and the page never stands still", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const record = ["hea", "dat", "atr"].map((extension) => dataFile("mitdb", `208.${extension}`));
  test.skip(record.includes(null), withoutData);
  await openRecords(page);
  // 48 copies under other names: the name stands in the header, and the hash is over it as well.
  const files = Array.from({ length: 48 }, (_, index) =>
    record.map((path, at) => {
      const name = `copy${index}`;
      const bytes = readFileSync(path ?? "");
      const buffer = at === 0 ? Buffer.from(bytes.toString("utf8").replaceAll("208", name)) : bytes;
      return { name: `${name}.${["hea", "dat", "atr"][at]}`, mimeType: "application/octet-stream", buffer };
    }),
  ).flat();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });
  await pick(page, files);
  await page.evaluate(() => Reflect.get(window, "longTasks").splice(0));
  const began = Date.now();
  await expect(finished(page)).toContainText("48 records stored", { timeout: 120_000 });
  const seconds = (Date.now() - began) / 1000;
  const longest = await page.evaluate(() => Math.max(0, ...(Reflect.get(window, "longTasks") as number[])));
  test.info().annotations.push({ type: "measured", description: `${seconds} s, longest task ${longest} ms` });
  expect(seconds).toBeLessThan(60);
  expect(longest).toBeLessThan(50);
});

test("PTB-XL comes with its labels, at the rate that was chosen, and makes a cohort by its folds", async ({
  page,
}) => {
  const base = dataFile("ptbxl", "ptbxl_database.csv");
  test.skip(base === null, withoutData);
  await openRecords(page);
  const names = ["00001", "00002", "00005", "00017"];
  const paths = [
    dataFile("ptbxl", "ptbxl_database.csv"),
    dataFile("ptbxl", "scp_statements.csv"),
    ...names.flatMap((name) =>
      ["hea", "dat"].flatMap((extension) => [
        dataFile("ptbxl", "records100", "00000", `${name}_lr.${extension}`),
        dataFile("ptbxl", "records500", "00000", `${name}_hr.${extension}`),
      ]),
    ),
  ].filter((path) => path !== null);
  await page.getByTestId("pick-files").first().setInputFiles(paths);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("100 Hz");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(finished(page)).toContainText("records stored");
  await page.getByRole("button", { name: "00001_lr", exact: true }).click();
  await expect(page.getByTestId("twelve-leads")).toBeVisible();
  await expect(page.getByTestId("record-page")).toContainText("patient ptbxl/15709");
  await expect(page.getByTestId("record-page")).toContainText("56 years");
  await page.getByRole("tab", { name: "Cohorts" }).click();
  await page.getByLabel("Name").fill("normal ones");
  await page.getByRole("button", { name: "Save the cohort" }).click();
  const cohort = page.getByTestId("cohort");
  await expect(cohort).toContainText("normal ones");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    cohort.getByRole("button", { name: "Export normal ones" }).click(),
  ]);
  const definition = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(definition).toMatchObject({ format: "ecg-workbench-cohort", name: "normal ones" });
  await page.getByTestId("pick-cohort").setInputFiles(await download.path());
  await expect(page.getByText("normal ones (2)")).toBeVisible();
});
