import { type Browser, expect, type Page, test } from "@playwright/test";
import { seriousFindings } from "./support/accessibility.ts";
import { smallRecord } from "./support/madeRecords.ts";
import { WorkbenchPage } from "./support/workbenchPage.ts";

const pages = [
  ["synthesise", "#/synthesise?rhythm=wpw&calipers=2,3"],
  ["records", "#/records"],
] as const;

/** A page of a person who asks for little motion. */
async function withPage(browser: Browser, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  await use(await context.newPage());
  await context.close();
}

/** Looks at a page as it stands in the light and in the dark scheme. */
async function expectNoFinding(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    // Colours may still be on their way from the other scheme: a finding counts where it stays.
    await expect(async () => expect(await seriousFindings(page), colorScheme).toEqual([])).toPass({
      timeout: 15_000,
    });
  }
}

for (const [name, fragment] of pages) {
  test(`${name} has no serious finding`, async ({ browser }) => {
    await withPage(browser, async (page) => {
      await new WorkbenchPage(page).open(fragment);
      await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
      await expectNoFinding(page);
    });
  });
}

test("library, record and cohorts have no serious finding", async ({ browser }) => {
  await withPage(browser, async (page) => {
    await page.goto("/#/records");
    const files = ["one", "two", "three"].flatMap((name, index) => smallRecord(name, 900 + index));
    await page.getByTestId("pick-files").first().setInputFiles(files);
    await expect(page.getByTestId("import-panel")).toContainText("3 records stored");
    await expect(page.getByTestId("found-records")).toContainText("3 records");
    await expectNoFinding(page);
    await page.getByRole("button", { name: "two", exact: true }).click();
    await expect(page.getByTestId("beat-gallery")).toBeVisible();
    await expectNoFinding(page);
    await page.getByRole("tab", { name: "Cohorts" }).click();
    await expect(page.getByTestId("cohort-preview")).toContainText("Train");
    await expectNoFinding(page);
  });
});

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

for (const [place, attached] of [
  ["train", "runs"],
  ["experiment", "experiment-setup"],
] as const) {
  test(`${place} has no serious finding`, async ({ browser }) => {
    await withPage(browser, async (page) => {
      await page.goto(`/#/${place}`);
      await expect(page.getByTestId(attached)).toBeAttached({ timeout: 30_000 });
      await expectNoFinding(page);
    });
  });
}
