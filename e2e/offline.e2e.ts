import { expect, test } from "@playwright/test";
import { WorkbenchPage } from "./support/workbenchPage.ts";

test.use({ serviceWorkers: "allow" });

test("after the first load the workbench opens without a network, still isolated", async ({
  page,
  context,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      );
    }
  });
  await context.setOffline(true);
  await page.reload();
  await workbench.settled();
  await workbench.chooseRhythm("Atrial flutter");
  await page.getByRole("link", { name: "Records" }).click();
  await expect(page.getByRole("heading", { name: "Records" })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
