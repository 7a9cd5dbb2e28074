import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { TrainPage } from "./support/trainPage.ts";

test("a training is stopped by a reload, resumed, finished, compared, and its network moves to another profile", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 60, epochs: 8 });
  await train.startButton.click();
  // Some epochs in: a best validation has been kept by then.
  await expect(page.getByTestId("run-progress")).toContainText(/epoch [2-7] of at most 8/, {
    timeout: 60_000,
  });
  await expect(page.getByTestId("run-backend")).toContainText("wasm");

  await page.reload();
  await expect(page.getByTestId("runs")).toContainText("Interrupted");
  await page
    .getByTestId("runs")
    .getByRole("button", { name: /^AF · GRU/ })
    .click();
  await page.getByRole("button", { name: "Resume" }).click();
  await train.waitForState(/finished|stoppedEarly/);
  await expect.poll(async () => (await train.resultWords()).tiles).not.toBe("");
  const resumed = await train.resultWords();

  // The same specification is the same run: it is not computed twice.
  await train.chooseSmall({ perClass: 60, epochs: 8 });
  await train.startButton.click();
  await train.waitForState(/finished|stoppedEarly/, 5_000);
  await expect(page.getByTestId("runs").getByRole("row")).toHaveCount(2);

  await train.chooseSmall({ perClass: 60, epochs: 4, seed: 2 });
  await train.startButton.click();
  await train.waitForState(/finished|stoppedEarly/);
  await page
    .getByRole("checkbox", { name: /Compare with/ })
    .nth(1)
    .check();
  await expect(page.getByRole("figure", { name: /Loss over epochs/ })).toContainText("compared: validation");
  await page
    .getByTestId("runs")
    .getByRole("button", { name: /^AF · GRU/ })
    .nth(1)
    .click();
  await expect.poll(() => train.resultWords()).toEqual(resumed);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "safetensors" }).click();
  const download = await downloading;
  const bytes = await readFile(await download.path());
  const graphDownload = page.waitForEvent("download");
  await page.getByRole("button", { name: "TensorFlow.js graph" }).click();
  expect((await graphDownload).suggestedFilename()).toMatch(/\.tfjs\.zip$/);

  // A run from start to end in a fresh profile, never stopped, gives the same as the one that was.
  const fresh = await browser.newContext();
  const other = new TrainPage(await fresh.newPage());
  await other.open();
  await other.page.locator("input[type=file][accept='.safetensors']").setInputFiles({
    name: download.suggestedFilename(),
    mimeType: "application/octet-stream",
    buffer: bytes,
  });
  await other.waitForState(/finished/);
  await expect.poll(() => other.resultWords()).toEqual(resumed);
  await other.chooseSmall({ perClass: 60, epochs: 8 });
  await other.startButton.click();
  await expect(other.page.getByTestId("runs").getByRole("row")).toHaveCount(3);
  await other.waitForState(/finished|stoppedEarly/);
  await expect.poll(() => other.resultWords()).toEqual(resumed);
  await fresh.close();
});

test("stopping acts before the training is over, and the threshold moves the matrix", async ({ page }) => {
  test.setTimeout(120_000);
  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 40, epochs: 30 });
  await train.startButton.click();
  await expect(page.getByTestId("run-progress")).toContainText("epoch 1", { timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await train.waitForState(/cancelled/);
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();

  await train.chooseSmall({ perClass: 40, epochs: 2 });
  await train.startButton.click();
  await train.waitForState(/finished|stoppedEarly/);
  const positives = page.getByRole("button", { name: /true positives/ });
  const threshold = page.getByRole("slider", { name: "Threshold" });
  await threshold.focus();
  await page.keyboard.press("Home");
  // From a probability of 0 everything is decided to have it.
  await expect(positives).toContainText("20");
  await page.keyboard.press("End");
  await expect(positives).toContainText("0");
  await page.getByRole("button", { name: /missed/ }).click();
  await expect(page.getByTestId("examples")).toContainText(
    "20 recordings that have it and were decided to be normal",
  );
  await expect(page.getByTestId("example").first().locator("canvas")).toHaveAttribute("data-drawn", "true");
});

test("a training whose graphics device is lost goes on from its last checkpoint, and says so", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const train = new TrainPage(page);
  await train.open();
  await train.chooseSmall({ perClass: 16, epochs: 6 });
  await train.section("Network");
  await page.getByRole("combobox", { name: "Samples in a token" }).click();
  await page.getByRole("option", { name: "250", exact: true }).click();
  await train.section("Computation");
  await page.getByRole("combobox", { name: "Compute with" }).click();
  await page.getByRole("option", { name: "WebGPU" }).click();
  // The device that the worker asks for, kept to be taken away as a crash of its driver would.
  const worker = page.workers().find((each) => each.url().includes("training"));
  if (worker === undefined) throw new Error("there is no training worker");
  await worker.evaluate(() => {
    const scope = globalThis as unknown as {
      GPUAdapter: { prototype: { requestDevice(...rest: unknown[]): Promise<{ destroy(): void }> } };
      taken?: { destroy(): void };
    };
    const { prototype } = scope.GPUAdapter;
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (...rest: unknown[]) {
      scope.taken = await requestDevice.apply(this, rest);
      return scope.taken;
    };
  });
  await train.startButton.click();
  await expect(page.getByTestId("run-backend")).toContainText("webgpu", { timeout: 60_000 });
  await expect(page.getByTestId("run-progress")).toContainText(/epoch [2-5]/, { timeout: 120_000 });
  await worker.evaluate(() => (globalThis as unknown as { taken: { destroy(): void } }).taken.destroy());
  await expect(page.getByText(/The device of webgpu was lost/)).toBeVisible({ timeout: 30_000 });
  await train.waitForState(/finished|stoppedEarly/, 150_000);
  await expect(page.getByText(/went on from the last checkpoint/)).toBeVisible();
});
