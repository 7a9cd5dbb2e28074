import { expect, type Page } from "@playwright/test";

/** Trains the smallest form of a model that makes signals step by step, for two iterations, and waits for its sampling. */
export async function trainTiny(page: Page, model: string): Promise<void> {
  await page.goto("./#/generate");
  await page.getByRole("combobox", { name: "Generator" }).click({ timeout: 30_000 });
  await page.getByRole("option", { name: model }).click();
  await page.getByText("Usual values", { exact: true }).click();
  await page.getByRole("button", { name: "Architecture" }).click();
  await page.getByRole("combobox", { name: "Size" }).click();
  await page.getByRole("option", { name: "Tiny, to try" }).click();
  await page.getByRole("textbox", { name: "Iterations" }).fill("2");
  await page.getByRole("textbox", { name: "Iterations" }).blur();
  await expect(page.getByTestId("beat-count")).toContainText("beats found", { timeout: 90_000 });
  await page.getByRole("button", { name: "Train the generator" }).click();
  await expect(page.getByTestId("generation")).toHaveAttribute("data-state", "finished", {
    timeout: 150_000,
  });
  await expect(page.getByTestId("sampling")).toHaveAttribute("data-state", "done", { timeout: 90_000 });
}
