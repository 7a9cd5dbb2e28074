import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { dataFile, withoutData } from "./support/dataDirectory.ts";
import { smallRecord } from "./support/madeRecords.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

const record100 = ["100.hea", "100.dat", "100.atr"].map((name) => dataFile("mitdb", name));

async function pick(page: Page, files: readonly (string | null)[]): Promise<void> {
  await page.getByTestId("pick-files").setInputFiles(files.filter((file) => file !== null));
}

test("a record is imported, drawn beneath, still there after a reload, renamed and deleted", async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByTestId("pick-files").setInputFiles(smallRecord("made"));
  const card = page.getByTestId("real-record");
  await expect(card).toContainText("made");
  await expect(card).toContainText("250 Hz");
  await expect(page).toHaveURL(/record=[0-9a-f]{64}/);
  await page.reload();
  await expect(card).toContainText("made");
  await page.getByRole("link", { name: "Records" }).click();
  await page.getByRole("button", { name: "Actions for made" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel("New name").fill("my record");
  await page.getByLabel("New name").press("Enter");
  await expect(page.getByRole("button", { name: "my record", exact: true })).toBeVisible();
  await expect(page.getByTestId("storage-use")).toContainText("in use");
  await page.getByRole("button", { name: "Actions for my record" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText("No records yet")).toBeVisible();
  workbench.expectNoProblems();
});

test("files dropped on the page are imported", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const files = smallRecord("dropped").map(({ name, buffer }) => ({ name, bytes: [...buffer] }));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, bytes } of list) data.items.add(new File([Uint8Array.from(bytes)], name));
    return data;
  }, files);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await expect(page.getByTestId("real-record")).toContainText("dropped");
});

test("what cannot be read is refused by name, and what was stored stays", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByTestId("pick-files").setInputFiles(smallRecord("good"));
  await expect(page.getByTestId("real-record")).toContainText("good");
  const [header, signals] = smallRecord("cut");
  await page
    .getByTestId("pick-files")
    .setInputFiles([header, { ...signals, buffer: signals.buffer.subarray(0, 100) }]);
  await expect(
    page.getByText("The file has 100 bytes of samples where the header promises 10000.", { exact: false }),
  ).toBeVisible();
  await page.getByTestId("pick-files").setInputFiles([smallRecord("alone")[1]]);
  await expect(page.getByText("A signal file came without its header.", { exact: false })).toBeVisible();
  await page
    .getByTestId("pick-files")
    .setInputFiles([{ name: "bad.zip", mimeType: "application/zip", buffer: Buffer.from("no zip at all") }]);
  await expect(page.getByText("bad.zip").first()).toBeVisible();
  await page.getByRole("link", { name: "Records" }).click();
  await expect(page.getByRole("button", { name: "good", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "cut", exact: true })).toHaveCount(0);
});

test("half an hour of MIT-BIH 100 scrolls, and one of its beats is fitted", async ({ page }) => {
  test.skip(record100[0] === null, withoutData);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(page, record100);
  const card = page.getByTestId("real-record");
  await expect(card).toContainText("30 min");
  await expect(card).toContainText("2273 annotated beats");
  await expect(card.getByRole("combobox", { name: "Lead" })).toHaveValue("MLII");
  const scroller = card.locator("section").last();
  await scroller.evaluate((box) => {
    box.scrollLeft = box.scrollWidth;
  });
  await expect(page).toHaveURL(/from=17\d\d/);
  const before = await workbench.picture();
  await card.getByRole("textbox", { name: "Real beat to lie under the synthetic one" }).fill("100");
  await card.getByRole("button", { name: "Fit" }).click();
  await expect(page.getByTestId("fit-result")).toContainText(/R² 0\.9[5-9]/);
  await expect.poll(() => workbench.picture()).not.toBe(before);
  await expect(page.getByText("Beneath: real beat 100", { exact: false })).toBeVisible();
});

test("a zip of a record opens as the record", async ({ page }) => {
  test.skip(record100[0] === null, withoutData);
  const { BlobWriter, Uint8ArrayReader, ZipWriter } = await import("@zip.js/zip.js");
  const zip = new ZipWriter(new BlobWriter());
  for (const file of record100) {
    if (file !== null)
      await zip.add(`mitdb/${file.split("/").pop()}`, new Uint8ArrayReader(readFileSync(file)));
  }
  const buffer = Buffer.from(await (await zip.close()).arrayBuffer());
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page
    .getByTestId("pick-files")
    .setInputFiles([{ name: "mitdb.zip", mimeType: "application/zip", buffer }]);
  await expect(page.getByTestId("real-record")).toContainText("2273 annotated beats");
});
