import { type Outcome, unpack } from "../../boundary/protocol.ts";
import { Failure } from "../../domain/failure.ts";
import type { HeadlessWorkbench } from "../../headless.ts";
import type { DistantCell } from "../../services/training/distantCells.ts";
import type { TrainingService } from "../../services/training/service.ts";

/** What the training worker answers. */
export type DistantAnswer = Awaited<ReturnType<TrainingService["computeDistantCell"]>>;

/** A browser that is open on the page without a face. */
export interface BrowserSession {
  /** @throws SessionLost where browser, page or worker ended; Failure for what a person can mend */
  compute(request: DistantCell): Promise<DistantAnswer>;
  close(): Promise<void>;
}

/** The browser, its page or its worker ended: another one can go on. */
export class SessionLost extends Error {
  override readonly name = "SessionLost";
}

/** The first shows graphics adapters to WebGPU without a window, the last two have Linux reach them by Vulkan. */
const flags = [
  "--enable-unsafe-webgpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.platform === "linux" ? ["--enable-features=Vulkan", "--disable-vulkan-surface"] : []),
];

/**
 * Opens a browser with a fresh profile on the page without a face.
 * @param address of the page's folder
 * @param executable path of a Chromium; undefined for Playwright's own
 * @param ownFlags further flags that its machine needs
 * @throws Failure `no-browser`
 */
export async function openSession(
  address: string,
  executable: string | undefined,
  ownFlags: readonly string[],
): Promise<BrowserSession> {
  // Only here: who computes in Node needs none of it.
  const { chromium } = await import("@playwright/test");
  // Playwright's own second browser, the one without graphics, is not meant.
  const which = executable === undefined ? { channel: "chromium" } : { executablePath: executable };
  const browser = await chromium.launch({ ...which, args: [...flags, ...ownFlags] }).catch((error: Error) => {
    throw new Failure(
      "no-browser",
      `The browser does not start: ${error.message.split("\n")[0]}`,
      executable ?? "Playwright's Chromium",
      "Set CHROMIUM_PATH to the path of a current Chromium or Chrome.",
    );
  });
  const page = await browser.newPage();
  const lost = new Promise<never>((_resolve, reject) => {
    const lose = (what: string) => () => reject(new SessionLost(what));
    page.on("crash", lose("the page crashed"));
    page.on("close", lose("the page was closed"));
    browser.on("disconnected", lose("the browser ended"));
  });
  lost.catch(() => {});
  await page.goto(`${address}/headless.html`);
  return {
    async compute(request) {
      const asked = page
        .evaluate(
          (each) => (window as unknown as { workbench: HeadlessWorkbench }).workbench.computeCell(each),
          request,
        )
        // Errors of the training come as data: these are of the page.
        .catch((error: unknown): Promise<Outcome> => Promise.reject(new SessionLost(String(error))));
      try {
        return unpack(await Promise.race([lost, asked])) as DistantAnswer;
      } catch (error) {
        if (error instanceof Failure && error.code === "worker-lost") throw new SessionLost(error.message);
        throw error;
      }
    },
    close: () => browser.close(),
  };
}
