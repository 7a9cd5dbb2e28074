import { expect, test } from "@playwright/test";
import { architectures } from "../src/classifiers/index.ts";
import { TrainPage } from "./support/trainPage.ts";

/**
 * Graphics that the processor imitates take minutes for whole networks, so that their operations alone are compared there;
 * `E2E_NETWORKS=1` compares the networks as well.
 */
const comparesNetworks = process.env.E2E_NETWORKS === "1";

// The longest first: two tests run at once, and none shall be left alone at the end.
for (const backend of ["WebGL", "WebGPU", "WebAssembly"]) {
  test(`the gradients on ${backend} are those of plain JavaScript`, async ({ page }) => {
    test.setTimeout(300_000);
    const train = new TrainPage(page);
    await train.open();
    await train.section("Computation");
    await page.getByRole("combobox", { name: "Compute with" }).click();
    await page.getByRole("option", { name: backend }).click();
    await page.getByRole("button", { name: "Check the arithmetic" }).click();
    const arithmetic = page.getByTestId("arithmetic");
    const skipped = backend === "WebAssembly" || comparesNetworks ? 0 : Object.keys(architectures).length;
    const compared = async () => {
      const [, done, all] = /(\d+) of (\d+) gradients/.exec((await arithmetic.textContent()) ?? "") ?? [];
      return Number(done) >= Number(all) - skipped;
    };
    await expect.poll(compared, { timeout: 280_000 }).toBe(true);
    await expect(arithmetic).toContainText("largest relative difference");
  });
}
