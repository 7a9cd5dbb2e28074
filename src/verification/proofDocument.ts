import type { Evidence, Proof } from "./proof.ts";

const lackingMark = /^<!-- results still to be computed: (\d+) -->$/m;

/** The proof as a document: the same numbers give the same bytes, so that a difference in git is one in the numbers. */
export function proofDocument(name: string, { title }: Proof, evidence: Evidence): string {
  const { document, claims, lacking = 0 } = evidence;
  const rows = claims.map(
    ({ promise, measured, holds }) => `| ${promise} | ${measured} | ${holds ? "yes" : "**no**"} |`,
  );
  const table = ["| claim | measured | holds |", "|---|---|---|", ...rows].join("\n");
  const mark = lacking > 0 ? `\n\n<!-- results still to be computed: ${lacking} -->` : "";
  return `# ${title}\n\nMade by \`npm run verify -- ${name}\`.${mark}\n\n${table}\n\n${document.trim()}\n`;
}

/**
 * Whether a document has more results than a new evidence: a fresh clone has computed nothing yet, and must not replace what
 * took hours.
 */
export function isMoreComplete(document: string, { lacking = 0 }: Pick<Evidence, "lacking">): boolean {
  const before = Number(lackingMark.exec(document)?.[1] ?? 0);
  return before < lacking;
}
