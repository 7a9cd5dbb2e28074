import { expect, type Page, test } from "@playwright/test";
import type { LeagueCell, LeagueExperiment, LeagueResult } from "../src/experiments/league/specification.ts";
import { seriousFindings } from "./support/accessibility.ts";

const source = { name: "elsewhere", members: ["a".repeat(64)] };
const common = {
  source,
  classes: ["N", "V"],
  lead: "MLII",
  mostSignals: 20,
  division: { byPatient: true, testShare: 0.3, validationShare: 0.3, seed: 1 },
  classifier: { architecture: "beatResNet", hyperparameters: {} },
  beatsPerClass: 20,
} as const;
const generators = ["vanillaGan", "gaussian"].map((generator) => ({
  generator,
  hyperparameters: {},
  iterations: 0,
}));
const experiment: LeagueExperiment = {
  kind: "League of generators experiment",
  name: "Computed elsewhere",
  ...common,
  generators,
  seeds: [1],
};

/** Addresses of the experiment's cells by their contestants, as the page has found them. */
async function addressesOn(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const open = indexedDB.open("ecg-workbench");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const asked = database.transaction("runs").objectStore("runs").getAll();
    const runs = await new Promise<{ id: string; cell: { contestant: { generator: string } } }[]>(
      (resolve) => {
        asked.onsuccess = () => resolve(asked.result);
      },
    );
    return Object.fromEntries(runs.map(({ id, cell }) => [cell.contestant.generator, id]));
  });
}

/** The file of a result, with numbers made by hand: the farther, the worse. */
function resultFile(generator: string, address: string, distance: number) {
  const cell: LeagueCell = {
    kind: "League of generators",
    ...common,
    contestant: { generator, hyperparameters: {}, iterations: 0 },
    seed: 1,
  };
  const near = { value: distance, interval: { low: distance - 0.01, high: distance + 0.01 } };
  const closeness = {
    gaussianDiscrepancy: near,
    energy: near,
    frechetOfFeatures: near,
    toldApart: near,
    coverage: near,
    density: near,
  };
  const logits = [1, 0, 0, 1] as const;
  const result: Omit<LeagueResult, "scores"> & { readonly scores: unknown } = {
    closeness: { N: closeness, V: closeness },
    privacy: {
      nearer: near,
      membership: near,
      copies: near,
      probability: 0.5,
      isMemorising: generator === "copier",
    },
    cost: { trainingSeconds: distance, beatMilliseconds: distance, parameters: 10 },
    scores: { real: logits, both: logits, synthetic: logits, labels: [0, 1], patients: ["a", "b"] },
    counts: { train: [5, 5], trainPatients: 2, testPatients: 2 },
  };
  const kind = "result of a cell";
  const ended = { end: "finished", message: "", backend: null, version: "", seconds: 1 };
  return {
    name: `${address}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify({ kind, address, cell, ...ended, result })),
  };
}

test("the league has its form, and results from elsewhere make a table that sorts by its columns", async ({
  page,
}) => {
  await page.goto("./#/experiment");
  await page.getByRole("combobox", { name: "Protocol" }).click({ timeout: 30_000 });
  await page.getByRole("option", { name: /League of all generators/ }).click();
  await expect(page.getByRole("textbox", { name: "Synthetic of a class" })).toHaveValue("120");
  await page.getByRole("textbox", { name: "Virtual patients" }).fill("6");
  await page.getByRole("textbox", { name: "Virtual patients" }).blur();
  await page.getByRole("button", { name: "Count and estimate" }).click();
  await expect(page.getByTestId("plan")).toContainText("at most about", { timeout: 60_000 });

  const chooser = page.locator("input[type=file][accept='.json']");
  await chooser.first().setInputFiles({
    name: "league.experiment.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(experiment)),
  });
  await expect(page.getByTestId("experiment")).toHaveAttribute("data-total", "5");
  const addresses = await addressesOn(page);
  const distances = { real: 0.1, spectralNoise: 0.9, copier: 0.15, vanillaGan: 0.5, gaussian: 0.3 };
  await chooser
    .nth(1)
    .setInputFiles(
      Object.entries(distances).map(([name, distance]) => resultFile(name, addresses[name], distance)),
    );
  await expect(page.getByTestId("experiment")).toHaveAttribute("data-finished", "5");
  const table = page.getByTestId("league-table");
  await expect(table.getByRole("row", { name: /Planted copier/ })).toContainText("accused, 1 of 1");
  await table.getByRole("button", { name: /^MMD²/ }).click();
  await expect(table.getByRole("columnheader", { name: /^MMD²/ })).toHaveAttribute("aria-sort", "ascending");
  await expect(table.getByRole("rowheader")).toHaveText([
    /Real beats again/,
    /Planted copier/,
    /Gaussian waves/,
    /GAN/,
    /Noise of the same spectrum/,
  ]);
  expect(await seriousFindings(page)).toEqual([]);
});
