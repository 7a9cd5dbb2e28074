import { expect, test } from "@playwright/test";
import { WorkbenchPage } from "./support/workbenchPage.ts";

test("the first page shows a live beat and strip, without an error", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(page).toHaveTitle(/Synthesise/);
  await expect(page.getByRole("slider", { name: /wave amplitude, mV$/ })).toHaveCount(5);
  await expect(page.locator("svg .scatterlayer path.js-line").first()).toBeAttached();
  expect(await workbench.reading("Heart rate")).toMatch(/\d+ \/min/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  workbench.expectNoProblems();
});

test("a slider moved by keyboard changes the picture and the number beside it", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await workbench.picture();
  const slider = workbench.slider("R wave amplitude, mV");
  await slider.focus();
  for (let press = 0; press < 5; press++) await slider.press("ArrowRight");
  await expect(workbench.number("R wave amplitude, mV")).toHaveValue("1.05");
  expect(await workbench.picture()).not.toBe(before);
  await page.getByRole("button", { name: "Reset R wave amplitude" }).click();
  expect(await workbench.picture()).toBe(before);
});

test("a slider moved by mouse is one step of undo", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await workbench.picture();
  const thumb = await workbench.slider("P wave amplitude, mV").boundingBox();
  if (thumb === null) throw new Error("the slider is not on the page");
  await page.mouse.move(thumb.x + thumb.width / 2, thumb.y + thumb.height / 2);
  await page.mouse.down();
  await page.mouse.move(thumb.x + 20, thumb.y + 4, { steps: 10 });
  await page.mouse.up();
  await expect.poll(() => workbench.picture()).not.toBe(before);
  const after = await workbench.picture();
  await page.getByRole("button", { name: "Undo" }).click();
  expect(await workbench.picture()).toBe(before);
  await page.getByRole("button", { name: "Redo" }).click();
  expect(await workbench.picture()).toBe(after);
});

test("a number can be typed, and one out of range is not taken", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.number("Timing beat length, s").fill("0.6");
  await workbench.settled();
  await expect
    .poll(async () =>
      Number.parseInt(
        await workbench.reading("Heart rate").then((text) => text.replace(/\D*(\d+).*/, "$1")),
        10,
      ),
    )
    .toBeGreaterThan(95);
  await workbench.number("Timing beat length, s").fill("99");
  await workbench.number("Timing beat length, s").blur();
  await expect(page).not.toHaveURL(/length=99/);
});

test("a wave is dragged in the plot and its sliders follow", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const handle = page.getByRole("slider", { name: /^T wave/ }).and(page.locator("svg *"));
  const box = await handle.first().boundingBox();
  if (box === null) throw new Error("T has no handle");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y - 40, { steps: 12 });
  await page.mouse.up();
  const amplitude = Number(await workbench.number("T wave amplitude, mV").inputValue());
  const shift = Number(await workbench.number("T wave shift, s").inputValue());
  expect(amplitude).toBeGreaterThan(0.35);
  expect(shift).toBeGreaterThan(0.26);
});

const rhythms = [
  ["Atrial fibrillation", "af"],
  ["Atrial flutter", "aflt"],
  ["Ventricular ectopic beats", "pvc"],
  ["Pre-excitation (WPW)", "wpw"],
  ["Normal sinus rhythm", null],
] as const;

test("every rhythm is drawn, and says what it is in the address", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const pictures = new Set<string>();
  for (const [label, name] of rhythms) {
    await workbench.chooseRhythm(label);
    pictures.add(await workbench.picture());
    if (name !== null) await expect(page).toHaveURL(new RegExp(`rhythm=${name}`));
  }
  expect(pictures.size).toBe(rhythms.length);
  await workbench.chooseRhythm("Atrial fibrillation");
  await expect.poll(() => workbench.reading("PR")).toContain("–");
  await expect(page.getByText("Our reconstruction", { exact: false }).first()).toBeAttached();
});

test("the other simulator and every preset draw their own picture", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const pictures = new Set<string>();
  for (const fragment of [
    "",
    "#/synthesise?preset=author",
    "#/synthesise?preset=paper",
    "#/synthesise?simulator=mcsharry&preset=ecgsyn",
  ]) {
    await page.goto("about:blank");
    await workbench.open(fragment);
    pictures.add(await workbench.picture());
  }
  expect(pictures.size).toBe(4);
  workbench.expectNoProblems();
});

test("a copied link reproduces the picture", async ({ page, context }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseRhythm("Ventricular ectopic beats");
  await workbench.number("R wave amplitude, mV").fill("1.4");
  await page.getByRole("button", { name: "Next seed" }).click();
  await page.getByText("50 mm/s").click();
  const picture = await workbench.picture();
  await expect(page).toHaveURL(/R.amplitude=1.4.*speed=50/);
  const other = new WorkbenchPage(await context.newPage());
  await other.open(new URL(page.url()).hash);
  expect(await other.picture()).toBe(picture);
  await expect(other.page.getByRole("radio", { name: "50 mm/s" })).toBeChecked();
});

test("a link hides the controls that a teacher left out", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open("#/synthesise?hide=noise,method,variation");
  await expect(page.getByRole("button", { name: /Noise and baseline/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Variation/ })).toHaveCount(0);
  await expect(workbench.slider("R wave amplitude, mV")).toBeVisible();
});

test("a link with mistakes opens, and names them", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open("#/synthesise?R.amplitude=99&seed=5");
  await expect(page.getByText("R.amplitude").first()).toBeVisible();
  await expect(page.getByLabel("Seed", { exact: true })).toHaveValue("5");
});

test("randomise draws a recording, and the seed tells it from the next", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await workbench.picture();
  await page.getByRole("button", { name: "Randomise" }).click();
  await expect(page.getByLabel("Seed", { exact: true })).toHaveValue("2");
  const drawn = await workbench.picture();
  expect(drawn).not.toBe(before);
  await expect(page).toHaveURL(/R.amplitude=/);
});

test("an example sets the stage", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem", { name: /Long QT/ }).click();
  await workbench.settled();
  await expect
    .poll(async () => Number((await workbench.reading("QTc")).replace(/\D*(\d+).*/, "$1")))
    .toBeGreaterThan(480);
});
