import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";

async function savedBy(page: Page, item: string): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: item }).click(),
  ]);
  return readFile(await download.path(), "utf8");
}

test("a synthetic set is measured, stopped, gone on with after a reload, read, exported and deleted", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.goto("/#/closeness");
  await expect(page.getByTestId("real-count")).toContainText("real beats found", { timeout: 60_000 });
  await page.getByRole("combobox", { name: "Synthetic set" }).click();
  await page.getByRole("option", { name: /^Gaussian.*normal/ }).click();
  await page.getByRole("switch", { name: "Train classifiers too" }).click();
  await page.getByRole("button", { name: "Rows and seed" }).click();
  await page.getByRole("textbox", { name: "Rows of each set at most" }).fill("40");
  await page.getByRole("textbox", { name: "Rows of each set at most" }).blur();
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const shown = page.getByTestId("closeness");
  await expect(shown).toHaveAttribute("data-state", "running", { timeout: 30_000 });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(shown).toHaveAttribute("data-state", "cancelled", { timeout: 10_000 });

  await page.reload();
  await page.getByTestId("comparisons").getByRole("button").first().click();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(shown).toHaveAttribute("data-state", "finished", { timeout: 120_000 });
  await expect(page.getByTestId("reading")).toContainText("place it");
  await expect(page.getByTestId("interval-words")).toContainText("for other patients");
  await expect(page.getByTestId("measure-coverage")).toContainText("Coverage");
  await expect(page.getByTestId("trait-qrs")).toContainText("ms");
  await expect(page.getByTestId("privacy")).toContainText("Distances alone prove no privacy");
  await expect(page.getByTestId("pairs").locator("svg")).toHaveCount(10);
  await page.getByRole("button", { name: "What is Coverage?" }).click();
  await expect(page.getByText(/a generator that collapsed/)).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await seriousFindings(page)).toEqual([]);

  const lines = (await savedBy(page, "Numbers as CSV")).trim().split("\n");
  expect(lines[1]).toContain("Synthetic");
  const coverage = lines.find((line) => line.startsWith("measures,coverage,"))?.split(",") ?? [];
  expect(coverage).toHaveLength(13);
  // Other real patients, with their interval.
  const [near, low, high] = coverage.slice(7, 10).map(Number);
  expect(low).toBeLessThanOrEqual(near);
  expect(high).toBeGreaterThanOrEqual(near);
  const whole = JSON.parse(await savedBy(page, "Everything with its manifest as JSON"));
  expect(whole.manifest.specification.rows).toBe(40);
  expect(whole.parts.measures.length).toBeGreaterThan(20);

  await page.getByRole("button", { name: /^Delete Gaussian/ }).click();
  await page.getByRole("button", { name: "Really delete?" }).click();
  await expect(page.getByTestId("comparisons").getByRole("button")).toHaveCount(0);
});

test("a person judges beats by keys, leaves, goes on after a reload, and reads accuracy and d′", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto("/#/closeness");
  await page.getByText("By eye", { exact: true }).click({ timeout: 60_000 });
  await expect(page.getByTestId("real-count")).toContainText("real beats found", { timeout: 60_000 });
  await page.getByRole("textbox", { name: "Pictures" }).fill("6");
  await page.getByRole("textbox", { name: "Pictures" }).blur();
  await page.getByRole("textbox", { name: "Who judges" }).fill("Class 4b");
  await page.getByRole("button", { name: "Begin the test" }).click();
  const sitting = page.getByTestId("blind-sitting");
  await expect(sitting).toHaveAttribute("data-trial", "1", { timeout: 60_000 });
  await page.locator("#main").focus();
  await page.keyboard.press("r");
  await expect(sitting).toHaveAttribute("data-trial", "2");
  await page.getByRole("button", { name: /^Synthetic/ }).click();
  await expect(sitting).toHaveAttribute("data-trial", "3");
  expect(await seriousFindings(page)).toEqual([]);

  await page.reload();
  await page.getByText("By eye", { exact: true }).click({ timeout: 60_000 });
  await page.getByTestId("blind-tests").getByRole("button").first().click();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(sitting).toHaveAttribute("data-trial", "3", { timeout: 60_000 });
  for (let trial = 3; trial <= 6; trial++) {
    await page.keyboard.press("s");
    if (trial < 6) await expect(sitting).toHaveAttribute("data-trial", String(trial + 1));
  }
  const result = page.getByTestId("blind-result");
  await expect(result).toHaveAttribute("data-judged", "6");
  await expect(page.getByTestId("blind-numbers")).toContainText("d′");
  await expect(page.getByTestId("blind-source-1")).toContainText("pictures");
  await expect(page.getByTestId("deceivers")).toBeVisible({ timeout: 30_000 });
  expect(await seriousFindings(page)).toEqual([]);

  const rows = (await savedBy(page, "Answers as CSV")).trim().split("\n").slice(3);
  expect(rows).toHaveLength(6);
  const truths = rows.map((row) => row.split(",").at(-4));
  expect(truths.filter((truth) => truth === "real")).toHaveLength(3);
  const { result: told } = JSON.parse(await savedBy(page, "Answers and result as JSON"));
  expect(told.trials).toBe(6);
});
