import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { dataFile, withoutData } from "./support/dataDirectory.ts";
import { finished, longOnes, openRecords, pick } from "./support/imports.ts";
import { smallRecord } from "./support/madeRecords.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

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

for (const wait of [1, 15]) {
  test(`a tab that dies after ${wait} stored records loses none, leaves no half, and goes on`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext();
    const page = await context.newPage();
    await openRecords(page);
    const files = longOnes(30, 10);
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
    await expect(next.getByTestId("interrupted-import")).toContainText("of 30 records are stored");
    await pick(next, files);
    await expect(finished(next)).toContainText(/records? stored/, { timeout: 90_000 });
    await expect(finished(next)).toContainText(`${after.records.length} already there`);
    const whole = await stored(next);
    expect([whole.records.length, whole.halves]).toEqual([30, 0]);
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

test("a folder with folders in it is imported whole", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "ecg-folder-"));
  mkdirSync(join(folder, "deeper"));
  for (const { name, buffer } of smallRecord("outer", 900)) writeFileSync(join(folder, name), buffer);
  for (const { name, buffer } of smallRecord("inner", 800))
    writeFileSync(join(folder, "deeper", name), buffer);
  writeFileSync(join(folder, "README.md"), "beside");
  await openRecords(page);
  await page.getByTestId("pick-folder").first().setInputFiles(folder);
  await expect(finished(page)).toContainText("2 records stored.");
  await expect(page.getByRole("button", { name: "inner", exact: true })).toBeVisible();
  rmSync(folder, { recursive: true });
});

test("a table that does not state its sampling frequency is asked for it", async ({ page }) => {
  const rows = ["I (mV),II (mV)"];
  for (let n = 0; n < 3000; n++) rows.push(`${(n % 200 === 100 ? 1 : 0).toFixed(3)},0.100`);
  await openRecords(page);
  const buffer = Buffer.from(`${rows.join("\n")}\n`);
  await page
    .getByTestId("pick-files")
    .first()
    .setInputFiles([{ name: "table.csv", mimeType: "text/csv", buffer }]);
  const question = page.getByTestId("import-question");
  await question.getByLabel("Sampling frequency, Hz").fill("200");
  await question.getByRole("button", { name: "Try these again" }).click();
  await expect(finished(page)).toContainText("1 record stored.");
  await page.getByRole("button", { name: "table", exact: true }).click();
  await expect(page.getByTestId("record-page")).toContainText("200 Hz");
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

test("without any data the simulated stand-in fills the library, and says everywhere that it is simulated", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const workbench = new WorkbenchPage(page);
  await openRecords(page);
  await page.getByRole("button", { name: "Use the simulated stand-in" }).click();
  await expect(finished(page)).toContainText("324 records stored", { timeout: 120_000 });
  await page.getByLabel("Close the report").click();
  await expect(page.getByTestId("found-records")).toContainText("324 records · 324 patients");
  await page.getByLabel("Search").fill("simten00002");
  await page.getByRole("button", { name: "simten00002", exact: true }).click();
  const record = page.getByTestId("record-page");
  await expect(record).toContainText("Simulated stand-in");
  await expect(record).toContainText("AFIB");
  await expect(page.getByTestId("twelve-leads")).toBeVisible();
  await page.getByRole("button", { name: "Compare with synthetic" }).click();
  await expect(page.getByTestId("real-record")).toContainText("Simulated stand-in");
  await page.getByRole("link", { name: "Records" }).click();
  await page.getByRole("tab", { name: "Cohorts" }).click();
  await page.getByRole("combobox", { name: "Split" }).click();
  await page.getByRole("option", { name: /As published/ }).click();
  await expect(page.getByTestId("cohort-preview")).toContainText("Test");
  await page.getByRole("button", { name: "Change the filters" }).click();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.getByRole("button", { name: "Use the simulated stand-in" }).click();
  await expect(finished(page)).toContainText("324 already there");
  workbench.expectNoProblems();
});
