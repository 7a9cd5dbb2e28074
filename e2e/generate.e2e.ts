import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";

/** Sets up a generator of two dense networks that learns for a while. */
async function setUp(page: Page, iterations: number) {
  await page.goto("./#/generate");
  await page.getByRole("combobox", { name: "Generator" }).click({ timeout: 30_000 });
  await page.getByRole("option", { name: "SimVGAN" }).click();
  await page.getByText("Short training", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Iterations" })).toHaveValue("2000");
  await page.getByRole("textbox", { name: "Iterations" }).fill(String(iterations));
  await page.getByRole("textbox", { name: "Iterations" }).blur();
  await expect(page.getByTestId("beat-count")).toContainText("beats found", { timeout: 60_000 });
  // Two classes at once.
  await page.getByText(/^N · /).click();
  await page.getByRole("button", { name: "Train the generator" }).click();
}

test("a generator learns, is scrubbed, stopped, reloaded, resumed, explored, exported and deleted", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await setUp(page, 500);
  const shown = page.getByTestId("generation");
  const film = page.getByTestId("film");
  await expect(film).toHaveAttribute("data-snapshots", /^([3-9]|\d\d+)$/, { timeout: 60_000 });
  // The heart's loop stands beside the film while it learns.
  await expect(page.getByTestId("heart-loss")).toHaveText(/^\d+\.\d{4}$/, { timeout: 30_000 });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(shown).toHaveAttribute("data-state", "cancelled", { timeout: 5_000 });

  await page.reload();
  await page.getByTestId("generations").getByRole("button").first().click();
  await expect(shown).toHaveAttribute("data-state", "cancelled");
  await expect(page.getByTestId("generation-progress")).not.toContainText(/^0 of/);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(shown).toHaveAttribute("data-state", "finished", { timeout: 150_000 });

  // Scrubbed back to the first picture, which is another one than the last.
  await expect(film.getByTestId("class-N").first()).toContainText("N normal");
  const path = film.getByTestId("class-V").first().locator("path").first();
  const last = await path.getAttribute("d");
  const heart = page.getByTestId("heart-loss");
  await expect(heart).toHaveText(/^\d+\.\d{4}$/, { timeout: 30_000 });
  const lossNow = async () => Number(await heart.textContent());
  const afterTraining = await lossNow();
  const moment = page.getByRole("slider", { name: "Moment of the training" });
  await moment.focus();
  await moment.press("Home");
  await expect(film).toHaveAttribute("data-at", "0");
  expect(await path.getAttribute("d")).not.toBe(last);

  // What is told of the heart's equations follows the beats: untrained ones are far from solving them.
  await expect.poll(lossNow).toBeGreaterThan(2 * afterTraining);
  await moment.press("End");
  await expect.poll(lossNow).toBeLessThan(2 * afterTraining);
  const loss = (await heart.textContent()) ?? "";
  const pull = page.getByRole("slider", { name: "R pull" });
  await pull.focus();
  await pull.press("Home");
  await expect(heart).not.toHaveText(loss);

  const latent = page.getByTestId("latent");
  await latent.getByRole("button", { name: "Generated beat 5" }).click();
  await latent.getByRole("button", { name: "Generated beat 9" }).click();
  await expect(latent.getByRole("button", { name: "Generated beat 9, chosen as B" })).toBeVisible();
  await expect(latent.getByRole("slider", { name: "From A to B" })).toBeEnabled();
  const ninth = latent.getByRole("button", { name: "Generated beat 9, chosen as B" }).locator("path");
  const inFirstClass = await ninth.getAttribute("d");
  await latent.getByRole("combobox", { name: "Class" }).click();
  await page.getByRole("option", { name: "V", exact: true }).click();
  await expect(ninth).not.toHaveAttribute("d", inFirstClass ?? "");

  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole("textbox", { name: "Beats", exact: true }).fill("20");
  const save = async (name: string) => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name, exact: true }).click();
    return (await downloading).path();
  };
  const lines = (await readFile(await save("Beats as CSV"), "utf8")).trim().split("\n");
  expect(lines[0]).toContain("Synthetic");
  expect(lines).toHaveLength(22);
  expect(lines.slice(2, 4).map((line) => line.split(",")[0])).toEqual(["N", "V"]);
  expect(lines[2].split(",")).toHaveLength(217);
  // safetensors: the length of the header, little-endian, then the header
  const weights = await readFile(await save("Generator"));
  const header = JSON.parse(weights.subarray(8, 8 + Number(weights.readBigUInt64LE(0))).toString());
  expect(header.__metadata__.note).toContain("Synthetic");
  expect((await readFile(await save("Beats as WFDB"))).subarray(0, 2).toString()).toBe("PK");

  await page.getByRole("button", { name: "Measure these settings" }).click();
  await expect(page.getByTestId("origin")).toContainText("SimVGAN · N, V");
  await expect(page.getByRole("combobox", { name: "Protocol" })).toHaveValue(/SimGAN/);
  const measured = page.getByTestId("chosen-trainings").getByRole("button");
  await expect(measured).toHaveCount(1);
  await expect(measured).toContainText("500 iterations · values of the short training");
  await expect(page.getByText("Real beats repeated", { exact: true }).first()).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Generate" }).click();

  await page.getByRole("button", { name: "Use as a cohort" }).click();
  await expect(page.getByText("Kept among the records")).toBeVisible({ timeout: 30_000 });
  // They are no source of real beats, neither for generators nor for comparisons.
  await expectLeftOut(page, page.getByRole("combobox", { name: "Learn from the beats of" }));
  await page.getByRole("button", { name: /^Delete SimVGAN/ }).click();
  await page.getByRole("button", { name: "Really delete?" }).click();
  await expect(page.getByTestId("generations").getByRole("button")).toHaveCount(0);
  await page.getByRole("link", { name: "Records" }).click();
  const row = page.getByRole("row").filter({ hasText: /syn_simVanillaGan_NV/ });
  await expect(row.getByText("Synthetic", { exact: true })).toBeVisible({ timeout: 30_000 });
  await row.getByRole("button", { name: /^syn_simVanillaGan_NV/ }).click();
  const record = page.getByTestId("record-page");
  await expect(record.getByText("Synthetic", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(record).toContainText("made by the generator SimVGAN");
  await expect(record.getByRole("img", { name: /^Synthetic record syn_/ }).first()).toBeVisible();

  await page.getByRole("link", { name: "Closeness" }).click();
  await expectLeftOut(page, page.getByRole("combobox", { name: "Real set" }));
  await page.getByRole("combobox", { name: "Synthetic set" }).click();
  await expect(page.getByRole("option", { name: /^Cohort SimVGAN/ })).toBeVisible({ timeout: 30_000 });
});

/** What stands for real records is offered without the one that was generated, and its cohort is not offered. */
async function expectLeftOut(page: Page, select: Locator) {
  await select.click();
  await expect(
    page.getByRole("option", { name: "All records of the library, without 1 synthetic" }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("option", { name: /^Cohort SimVGAN/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
}
