import { expect, type Locator, type Page } from "@playwright/test";

/** The page as a user sees it: names of things, not selectors. */
export class WorkbenchPage {
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
  }

  /** Opens a fragment such as `#/synthesise?rhythm=af` and waits for the first picture. */
  async open(fragment = ""): Promise<void> {
    await this.page.goto(`/${fragment}`);
    if (!fragment.startsWith("#/records")) await this.settled();
  }

  /** Waits until the newest recording is on the strip. */
  async settled(): Promise<void> {
    await expect(this.strip).toHaveAttribute("data-settled", "true");
  }

  /** Frame around the synthetic strip; `data-picture` is a checksum of the samples that it shows. */
  get strip(): Locator {
    return this.page.getByTestId("synthetic-strip");
  }

  /** Checksum of the samples now on the strip. */
  async picture(): Promise<string> {
    await this.settled();
    return (await this.strip.getAttribute("data-picture")) ?? "";
  }

  slider(name: string): Locator {
    return this.page.getByRole("slider", { name, exact: true });
  }

  number(name: string): Locator {
    return this.page.getByRole("textbox", { name: `${name}, number`, exact: true });
  }

  async chooseRhythm(label: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Rhythm", exact: true }).click();
    await this.page.getByRole("option", { name: label, exact: true }).click();
    await this.settled();
  }

  async reading(name: string): Promise<string> {
    return ((await this.page.locator(`[data-reading="${name}"]`).textContent()) ?? "").replace(/\s+/g, " ");
  }

  /** Starts an export and gives the file's name and bytes. */
  async export(title: string): Promise<{ name: string; bytes: Buffer }> {
    await this.page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("menuitem", { name: title }).click(),
    ]);
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }

  /** Nothing may have been written to the console as an error. */
  expectNoProblems(): void {
    expect(this.problems).toEqual([]);
  }
}
