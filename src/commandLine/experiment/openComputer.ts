import { Failure } from "../../domain/failure.ts";
import { type BackendName, backendNames, openBackend } from "../../neural/backend/backends.ts";
import { print, UsageError } from "../command.ts";
import { browserComputer } from "./browserComputer.ts";
import { openSession } from "./browserSession.ts";
import type { CellComputer } from "./cellComputer.ts";
import { nodeComputer } from "./nodeComputer.ts";
import { servePage } from "./pageServer.ts";

/** What `--browser` and `--backend` mean, for the help of commands that compute cells. */
export const computerHelp = `  --browser      compute in a browser; in the environment, CHROMIUM_PATH names another than the one that is found, and
                 CHROMIUM_FLAGS holds further flags for it
  --backend NAME what computes there: auto, the fastest by a few steps of each training, ${backendNames.join(", ")}
                 (default: auto; without --browser always wasm)`;

/**
 * Opens what computes: this process, or a browser.
 * @param command that was called
 * @param wish a backend of the browser; null for the fastest
 * @param tell is told of what was lost
 * @throws Failure where the call did not come by way of `npm run ecg`, which builds the page
 */
export async function openComputer(
  command: string,
  isBrowser: boolean,
  wish: BackendName | null,
  tell: (line: string) => void = print,
): Promise<CellComputer> {
  if (!isBrowser) return nodeComputer(await openBackend("wasm"));
  const folder = process.env.ECG_HEADLESS_PAGE;
  if (folder === undefined) {
    throw new Failure(
      "no-page",
      "The page that the browser would open is not built.",
      "--browser",
      `Call the command as npm run ecg -- ${command}.`,
    );
  }
  const server = await servePage(folder);
  const ownFlags = (process.env.CHROMIUM_FLAGS ?? "").split(/\s+/).filter((flag) => flag !== "");
  const open = () => openSession(server.address, process.env.CHROMIUM_PATH, ownFlags);
  return browserComputer({ server, open, wish, tell });
}

/** The backend that `--backend` names; null for the fastest. @throws UsageError */
export function backendOf(word: string, isBrowser: boolean): BackendName | null {
  const name = backendNames.find((each) => each === word) ?? null;
  if (name === null && word !== "auto") {
    throw new UsageError(`--backend takes auto, ${backendNames.join(", ")}, not ${word}.`);
  }
  if (!isBrowser && name !== null && name !== "wasm") {
    throw new UsageError(`Without --browser only wasm computes: --backend ${name} needs --browser.`);
  }
  return name;
}
