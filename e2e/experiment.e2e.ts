import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { finished, openRecords, pick } from "./support/imports.ts";
import { smallPtbXl } from "./support/madeRecords.ts";
import { TrainPage } from "./support/trainPage.ts";

test("an experiment is computed cell by cell, survives a reload, and ends in tables and files", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openRecords(page);
  await pick(page, smallPtbXl(48));
  await expect(finished(page)).toContainText("48 records stored");

  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 24, epochs: 2 });
  await page.getByRole("combobox", { name: "Real recordings" }).click();
  await page.getByRole("option", { name: "All records of the library" }).click();
  await page.getByRole("link", { name: "Experiment" }).click();
  await page.getByRole("textbox", { name: "Runs of each" }).fill("2");
  await page.getByRole("textbox", { name: "Positives at most" }).fill("all, 5");
  await page.getByRole("button", { name: "Compute 10 trainings" }).click();
  const shown = page.getByTestId("experiment");
  await expect(shown).toHaveAttribute("data-finished", /[1-9]/, { timeout: 60_000 });

  await page.reload();
  await page.getByTestId("experiments").getByRole("button").first().click();
  await expect(shown).toHaveAttribute("data-finished", /[1-9]/);
  await page.getByRole("button", { name: "Compute the rest" }).click();
  await expect(shown).toHaveAttribute("data-finished", "10", { timeout: 120_000 });

  const table = page.getByTestId("table-af");
  await expect(table.getByRole("row", { name: /GRU/ })).toContainText("±");
  await expect(table.getByRole("row", { name: /GRU/ })).toContainText(/better|worse|undecided/);
  await expect(table.getByTestId("reading")).toContainText("Atrial fibrillation");
  await expect(page.getByTestId("gains")).toBeVisible();

  const save = async (name: string) => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name, exact: true }).click();
    return readFile(await (await downloading).path(), "utf8");
  };
  expect((await save("CSV")).trim().split("\n")).toHaveLength(4);
  expect(await save("LaTeX")).toContain("\\begin{tabular}");
  expect(JSON.parse(await save("JSON")).tables).toHaveLength(1);
  const specification = await save("Specification");

  // The same specification again finds every run computed.
  await page
    .locator("input[type=file][accept='.json']")
    .first()
    .setInputFiles({
      name: "again.experiment.json",
      mimeType: "application/json",
      buffer: Buffer.from(specification),
    });
  await expect(page.getByTestId("experiments").getByRole("button", { name: /^Real/ })).toHaveCount(2);
  await expect(shown).toHaveAttribute("data-finished", "10");

  // A cell opens its run; the exact recordings of the matrix open from there.
  await page.getByTestId("cells").getByRole("button").first().click();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByTestId("result")).toContainText("Test on");
});

test("hyper-parameters are searched, through a reload, and train what comes after", async ({ page }) => {
  test.setTimeout(180_000);
  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 16, epochs: 2 });
  await page.getByRole("link", { name: "Experiment" }).click();
  await page.getByRole("textbox", { name: "Runs of each" }).fill("1");
  await page.getByRole("switch", { name: "Search hyper-parameters first" }).click();
  await page.getByRole("textbox", { name: "Trials of each" }).fill("4");
  await page.getByRole("button", { name: "Search, then compute 1 trainings" }).click();
  const progress = page.getByTestId("search-progress");
  await expect(progress).toContainText(/[1-3] of 4 trials/, { timeout: 60_000 });

  await page.reload();
  await page.getByTestId("experiments").getByRole("button").first().click();
  await expect(progress).toContainText(/[1-3] of 4 trials/);
  await page.getByRole("button", { name: "Go on searching" }).click();
  await expect(page.getByTestId("experiment")).toHaveAttribute("data-finished", "1", { timeout: 120_000 });
  await expect(progress).toContainText("4 of 4 trials");
  await page
    .getByTestId("searches")
    .getByRole("button", { name: /AF · GRU · Syn/ })
    .click();
  const found = page.getByTestId("searches").getByRole("row", { name: /Learning rate/ });
  await expect(found).toContainText(/\d/);

  // Trials are no runs of their own; the training that came after is.
  await page.getByRole("link", { name: "Train", exact: true }).click();
  await expect(page.getByTestId("runs").getByRole("row")).toHaveCount(2);
});

test("a trained network judges the sliders, and tells what would change its mind", async ({ page }) => {
  test.setTimeout(150_000);
  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 150, epochs: 8 });
  await train.startButton.click();
  await train.waitForState(/finished|stoppedEarly/, 90_000);

  await page.getByRole("link", { name: "Synthesise" }).click();
  await page.getByRole("combobox", { name: "A classifier's opinion of this recording" }).click();
  await page.getByRole("option", { name: /AF · GRU/ }).click();
  const opinion = page.getByTestId("classifier");
  await expect(opinion).toHaveAttribute("data-probability", /\d/);
  const before = Number(await opinion.getAttribute("data-probability"));
  await page.getByRole("button", { name: "What would change its mind?" }).click();
  await expect(page.getByTestId("mind")).toContainText("Flipped", { timeout: 60_000 });
  await expect
    .poll(async () => Number(await opinion.getAttribute("data-probability")) >= 0.5)
    .toBe(before < 0.5);
});
