import type { Page } from "@playwright/test";

export async function chooseProtocol(page: Page, protocol: RegExp) {
  await page.getByRole("combobox", { name: "Protocol" }).click({ timeout: 30_000 });
  await page.getByRole("option", { name: protocol }).click();
}

/** Hashes of all records that the library of the page holds. */
export const storedRecords = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const open = indexedDB.open("ecg-workbench");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const asked = database.transaction("records").objectStore("records").getAllKeys();
    return new Promise<string[]>((resolve) => {
      asked.onsuccess = () => resolve(asked.result as string[]);
    });
  });

/** Opens a specification as its file would be. */
export const openSpecification = (page: Page, specification: object) =>
  page
    .locator("input[type=file][accept='.json']")
    .first()
    .setInputFiles({
      name: "small.experiment.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(specification)),
    });
