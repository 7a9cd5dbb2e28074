import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { longRecord, type MadeFile } from "./madeRecords.ts";

/** Hands files to the page, by way of the disc, without waiting for what it does with them. */
export async function pick(page: Page, files: readonly MadeFile[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ecg-import-"));
  const paths = files.map(({ name, buffer }) => {
    const path = join(folder, name);
    writeFileSync(path, buffer);
    return path;
  });
  page.once("close", () => rmSync(folder, { recursive: true, force: true }));
  await page.getByTestId("pick-files").first().setInputFiles(paths);
}

/** Long records, enough of them that something can happen meanwhile. */
export const longOnes = (count: number, minutes: number): MadeFile[] =>
  Array.from({ length: count }, (_, index) => longRecord(`long${index}`, minutes, index)).flat();

/** Opens the place of the records. */
export async function openRecords(page: Page, address = "/"): Promise<void> {
  await page.goto(`${address}#/records`);
  await expect(page.getByRole("heading", { name: "Records", exact: true })).toBeVisible();
}

/** The report of an import that has ended. */
export const finished = (page: Page): Locator => page.locator("[data-testid=import-panel][data-phase=done]");
