import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
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
      const { violations } = await new AxeBuilder({ page: workbench.page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 4)
              .map((node) => node.target.join(" "))
              .join(" | ")}`,
        );
      expect(serious).toEqual([]);
      await context.close();
    });
  }
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
