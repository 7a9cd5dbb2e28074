import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CellComputer } from "../commandLine/experiment/cellComputer.ts";
import { nodeComputer } from "../commandLine/experiment/nodeComputer.ts";
import { leagueCommand } from "../commandLine/league.ts";
import { standIn } from "../commandLine/recordShelf.ts";
import { computeSignalCells, endedIn, shelved } from "../commandLine/signalExperiment.ts";
import { workbenchVersion } from "../domain/version.ts";
import { leagueProtocol } from "../experiments/league/protocol.ts";
import type { LeagueTable } from "../experiments/league/tables.ts";
import { openBackend } from "../neural/backend/backends.ts";
import { claimsOf, type LeagueOutcome, method, sectionOf } from "./league/document.ts";
import { reducedLeague } from "./league/specification.ts";
import type { Evidence, Proof } from "./proof.ts";

const folder = join("node_modules", ".cache", "league");

/**
 * The reduced league on every source, as a document.
 * @param mayCompute asked before every cell that is not there
 */
export async function gatherLeague(
  data: string | null,
  progress: (line: string) => void,
  computer: CellComputer,
  mayCompute: () => boolean,
): Promise<Evidence> {
  const mitBih = data === null ? "" : join(data, "mitdb");
  const sources = [
    ...(data !== null && existsSync(mitBih) ? [{ name: "MIT-BIH", path: mitBih }] : []),
    { name: "Simulated stand-in", path: standIn },
  ];
  await mkdir(folder, { recursive: true });
  const leagues = [];
  for (const { name, path } of sources) {
    const { specification, shelves } = await shelved(leagueCommand, reducedLeague(name), [path], progress);
    leagues.push({ name, specification, shelves, cells: leagueProtocol.cells(specification) });
  }
  // A run of every source before the next run begins, so that a call that is broken off has told something of each.
  const all = leagues
    .flatMap(({ cells, shelves }) => cells.map((cell) => ({ cell, shelves })))
    .toSorted((one, other) => one.cell.seed - other.cell.seed);
  for (const [index, { cell, shelves }] of all.entries()) {
    if (!mayCompute()) break;
    const tell = (line: string) => progress(`${index + 1}/${all.length} ${line.replace(/^1\/1 /, "")}`);
    await computeSignalCells(leagueProtocol, [cell], { out: folder, shelves, computer, tell });
  }
  const outcomes: LeagueOutcome[] = [];
  for (const { name, specification, cells } of leagues) {
    const ended = await endedIn(leagueProtocol, cells, folder);
    const tables: LeagueTable[] = [];
    for (const beatClass of specification.classes) {
      tables.push((await leagueProtocol.report(specification, ended, { beatClass })) as LeagueTable);
    }
    outcomes.push({ experiment: reducedLeague(name), tables, cells: cells.length, finished: ended.length });
  }
  const specifications = [reducedLeague("…")];
  const manifest = { version: workbenchVersion, backend: "wasm, one thread", specifications };
  return {
    document: [
      method,
      ...outcomes.map(sectionOf),
      "## Manifest",
      `\`\`\`json\n${JSON.stringify(manifest, null, 2)}\n\`\`\``,
    ].join("\n\n"),
    claims: outcomes.flatMap(claimsOf),
    lacking: outcomes.reduce((sum, { cells, finished }) => sum + cells - finished, 0),
  };
}

/** All generators side by side, reduced, on the stand-in and, where they are, on records of MIT-BIH. */
export const league: Proof = {
  title: "The league of all generators",
  needsData: false,
  async gather(data, progress, mayCompute) {
    const computer = nodeComputer(await openBackend("wasm"));
    return gatherLeague(data, progress, computer, mayCompute);
  },
};
