import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { proofs } from "../src/verification/index.ts";
import { isMoreComplete, proofDocument } from "../src/verification/proofDocument.ts";

/** So that a call ends within two hours, the proofs that do not train among them. */
const usualMinutes = 100;

const help = `npm run verify [-- WORD …]

Measures what the workbench claims and writes each proof to docs/NAME.md; words choose the proofs whose names hold one.
Proofs: ${Object.keys(proofs).join(", ")}.
Real records are looked for in ECG_DATA_DIR, otherwise in ../shared/data.
Proofs that train for long keep what is computed. All of a call together train for ECG_VERIFY_MINUTES at most (${usualMinutes}), each
of them for its part of what is left; the next call goes on. A document with more results than were computed here stays.
Ends with 1 where a claim does not hold.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: "boolean" } },
});

const folder = resolve(process.env.ECG_DATA_DIR ?? "../shared/data");
const data = existsSync(folder) ? folder : null;

/** @param parts among how many proofs, this one among them, the time that is left is shared */
async function prove(name: string, parts: number): Promise<boolean> {
  const proof = await proofs[name]();
  if (proof.needsData && data === null) {
    console.log(
      `${name}: skipped, no real records here (set ECG_DATA_DIR to a folder with mitdb, ptbxl, … from physionet.org)`,
    );
    return true;
  }
  const start = performance.now();
  const until = start + (ends - start) / parts;
  const evidence = await proof.gather(
    data,
    (line) => console.log(`  ${line}`),
    () => performance.now() < until,
  );
  const path = join("docs", `${name}.md`);
  const stays = existsSync(path) && isMoreComplete(readFileSync(path, "utf8"), evidence);
  if (stays) {
    console.log(
      `  ${path} has more results and stays; ${evidence.lacking} are still to be computed here: call again`,
    );
  } else {
    writeFileSync(path, proofDocument(name, proof, evidence));
    for (const [file, svg] of Object.entries(evidence.figures ?? {})) writeFileSync(join("docs", file), svg);
  }
  for (const { promise, measured, holds } of evidence.claims)
    console.log(`${holds ? "holds " : "FAILS "} ${promise}: ${measured}`);
  console.log(`${name}: ${path}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return evidence.claims.every(({ holds }) => holds);
}

const asked = Number(process.env.ECG_VERIFY_MINUTES ?? usualMinutes);
const ends = performance.now() + 60_000 * (Number.isFinite(asked) ? asked : usualMinutes);

const chosen = Object.keys(proofs).filter(
  (name) => positionals.length === 0 || positionals.some((word) => name.includes(word.toLowerCase())),
);
if (values.help) console.log(help);
else if (chosen.length === 0) {
  console.error(`No proof is named ${positionals.join(" or ")}.\n\n${help}`);
  process.exitCode = 2;
} else {
  let allHold = true;
  for (const [index, name] of chosen.entries()) {
    allHold = (await prove(name, chosen.length - index)) && allHold;
  }
  process.exitCode = allHold ? 0 : 1;
}
