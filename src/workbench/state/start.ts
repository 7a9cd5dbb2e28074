import { readAddress, writeAddress } from "../address.ts";
import { workers } from "../workers.ts";
import { libraryActions } from "./library.ts";
import { startLive } from "./live.ts";
import { loadScreenScale } from "./paperScale.ts";
import { learnSimulators, schemaNow } from "./simulators.ts";
import { actions, addressOf, setSchemas, watchPresses, workbench } from "./store.ts";

/** Browsers refuse more than a hundred changes of the address in half a minute. */
const addressInterval = 350;

/**
 * Opens the workbench: learns the simulators, reads the address, follows it, and keeps it up to date.
 * @returns the way to stop following
 */
export async function startWorkbench(): Promise<() => void> {
  await Promise.all([learnSimulators(workers.synthesis), loadScreenScale()]);
  setSchemas(schemaNow);
  openAddress();
  const stopLive = startLive();
  const stopWatching = watchPresses(window);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    timer = null;
    history.replaceState(null, "", writeAddress(addressOf(workbench.getState())));
  };
  const stopWriting = workbench.subscribe(() => {
    timer ??= setTimeout(write, addressInterval);
  });
  window.addEventListener("hashchange", openAddress);
  return () => {
    stopLive();
    stopWriting();
    stopWatching();
    window.removeEventListener("hashchange", openAddress);
    if (timer !== null) clearTimeout(timer);
  };
}

function openAddress(): void {
  const { address, problems } = readAddress(location.hash, schemaNow);
  actions.open(address);
  if (address.place === "records" && address.record !== null) libraryActions.show("record");
  for (const problem of problems) actions.report(problem);
}
