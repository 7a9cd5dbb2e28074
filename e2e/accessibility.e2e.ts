import { expect, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { smallRecord } from "./support/madeRecords.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

const pages = [
  ["synthesise", "#/synthesise?rhythm=wpw&calipers=2,3"],
  ["records", "#/records"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, fragment] of pages) {
    test(`${name} has no serious finding in the ${colorScheme} scheme`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
      const workbench = new WorkbenchPage(await context.newPage());
      await workbench.open(fragment);
      await expect(workbench.page.getByRole("heading", { level: 1 })).toBeAttached();
      expect(await seriousFindings(workbench.page)).toEqual([]);
      await context.close();
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`library, record and cohorts have no serious finding in the ${colorScheme} scheme`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto("/#/records");
    const files = ["one", "two", "three"].flatMap((name, index) => smallRecord(name, 900 + index));
    await page.getByTestId("pick-files").first().setInputFiles(files);
    await expect(page.getByTestId("import-panel")).toContainText("3 records stored");
    await expect(page.getByTestId("found-records")).toContainText("3 records");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "two", exact: true }).click();
    await expect(page.getByTestId("beat-gallery")).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("tab", { name: "Cohorts" }).click();
    await expect(page.getByTestId("cohort-preview")).toContainText("Train");
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });
}

test("a narrow screen scrolls the strip, not the page", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const workbench = new WorkbenchPage(await context.newPage());
  await workbench.open();
  const sizes = await workbench.page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(sizes.page).toBeLessThanOrEqual(sizes.window);
  await expect(workbench.slider("P wave amplitude, mV")).toBeVisible();
  const scrolled = await workbench.strip.locator("section").evaluate((box) => {
    box.scrollLeft = 300;
    return box.scrollLeft;
  });
  expect(scrolled).toBe(300);
  await context.close();
});

test("the keyboard reaches the controls in order, and skips to the content", async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const place of ["train", "experiment"]) {
    test(`${place} has no serious finding in the ${colorScheme} scheme`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(`/#/${place}`);
      await expect(page.getByTestId(place === "train" ? "runs" : "experiment-setup")).toBeAttached({
        timeout: 30_000,
      });
      expect(await seriousFindings(page)).toEqual([]);
      await context.close();
    });
  }
}
