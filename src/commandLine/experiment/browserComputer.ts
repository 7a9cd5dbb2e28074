import type { ProtocolCell } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { canonicalJson } from "../../experiments/canonical.ts";
import type { SearchState } from "../../experiments/search/search.ts";
import type { BackendName } from "../../neural/backend/backends.ts";
import type { CellHome } from "../../services/training/cellHome.ts";
import { type BrowserSession, type DistantAnswer, SessionLost } from "./browserSession.ts";
import type { CellComputer, ComputedOutcome } from "./cellComputer.ts";
import type { PageServer } from "./pageServer.ts";

/** Times that a cell is taken up again after its browser, page, worker or device was lost. */
const mostRecoveries = 3;

/** What a browser computer is made of. */
export interface BrowserComputerParts {
  readonly server: PageServer;
  open(): Promise<BrowserSession>;
  /** A backend, or null for the fastest. */
  readonly wish: BackendName | null;
  /** Told of what was lost. */
  tell(line: string): void;
}

/**
 * Computes cells in a browser that starts with the first and is replaced when it is lost; the cell then goes on from its last
 * checkpoint. Which backend is the fastest is measured once for cells of the same network.
 */
export function browserComputer({ server, open, wish, tell }: BrowserComputerParts): CellComputer {
  let session: BrowserSession | null = null;
  const fastest = new Map<string, BackendName>();

  const end = async (): Promise<void> => {
    const ended = session;
    session = null;
    // One that is dead already need not be ended well.
    await ended?.close().catch(() => {});
  };

  const attempt = async (
    cell: ProtocolCell,
    home: CellHome,
    avoided: readonly BackendName[],
    search: SearchState | null,
  ): Promise<DistantAnswer> => {
    session ??= await open();
    const place = server.offer(home);
    const known = fastest.get(networkOf(cell));
    return session.compute({ cell, place, wish: wish ?? known ?? null, avoided, search });
  };

  return {
    async compute<Cell extends ProtocolCell, Result>(
      _protocol: unknown,
      cell: Cell,
      home: CellHome,
      search: SearchState | null,
    ) {
      let avoided: readonly BackendName[] = [];
      for (let losses = 0; ; ) {
        let reason: string;
        try {
          const { backend, outcome, trial } = await attempt(cell, home, avoided, search);
          if (outcome.end !== "lost") {
            // What came after a loss is second best: the next cell measures again.
            if (avoided.length === 0) fastest.set(networkOf(cell), backend.name);
            // The page answers with results of the cell's own protocol.
            return { backend, outcome, trial } as ComputedOutcome<Result>;
          }
          reason = `the device of ${backend.name} was lost: ${outcome.reason}`;
          avoided = [...avoided, backend.name];
          fastest.delete(networkOf(cell));
        } catch (error) {
          if (!(error instanceof SessionLost)) throw error;
          reason = error.message;
        }
        await end();
        if (++losses > mostRecoveries) {
          throw new Failure(
            "browser-lost",
            `It was lost ${losses} times, at last because ${reason}.`,
            "Browser",
            "Call again to go on from the last checkpoint, with another --backend or without --browser if need be.",
          );
        }
        tell(`The browser is started again (${reason}).`);
      }
    },
    async close() {
      await end();
      await server.close();
    },
  };
}

/** What the fastest backend depends on: a cell's networks and the form of its signals, where it has one. */
function networkOf(cell: ProtocolCell): string {
  const { kind, architecture, classifier, hyperparameters, form } = cell as ProtocolCell &
    Partial<Record<"architecture" | "classifier" | "hyperparameters" | "form", unknown>>;
  return canonicalJson({ kind, architecture, classifier, hyperparameters, form });
}
