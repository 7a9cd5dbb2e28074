import { expect, type Locator, type Page } from "@playwright/test";

/** The place where one classifier is trained. */
export class TrainPage {
  readonly run: Locator;

  constructor(readonly page: Page) {
    this.run = page.getByTestId("run");
  }

  async open(): Promise<void> {
    await this.page.goto("./#/train");
    await expect(this.startButton).toBeVisible({ timeout: 30_000 });
  }

  get startButton(): Locator {
    return this.page.getByRole("button", { name: "Train", exact: true });
  }

  /** Few recordings and a backend that is always there: a run of some seconds. */
  async chooseSmall(options: { readonly perClass: number; readonly epochs: number; readonly seed?: number }) {
    await this.section("Training");
    await this.number("Training most epochs", options.epochs);
    await this.section("Recordings");
    await this.number("Synthetic a class", options.perClass);
    await this.number("Seed", options.seed ?? 1);
  }

  /** Unfolds a section of the form. */
  async section(name: string): Promise<void> {
    const control = this.page.getByTestId("training-setup").getByRole("button", { name, exact: true });
    if ((await control.getAttribute("aria-expanded")) !== "true") await control.click();
  }

  async number(name: string, value: number): Promise<void> {
    const box = this.page.getByRole("textbox", { name: new RegExp(`^${name}(, number)?$`) });
    await box.fill(String(value));
    await box.blur();
  }

  async waitForState(state: RegExp, timeout = 60_000): Promise<void> {
    await expect(this.run).toHaveAttribute("data-state", state, { timeout });
  }

  /** Words of the result: its numbers and the examples' probabilities. */
  async resultWords(): Promise<{ readonly tiles: string; readonly examples: string[] }> {
    const tiles = await this.page.getByTestId("result").locator("strong").allInnerTexts();
    const examples = this.page.getByTestId("example");
    await expect(examples.first()).toBeVisible();
    return { tiles: tiles.join(" "), examples: await examples.locator("b").allInnerTexts() };
  }
}
