/** A Markdown table; numbers are written as they are given. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A share in per cent; a dash for none. */
export function percent(share: number | null, digits = 2): string {
  return share === null ? "–" : (100 * share).toFixed(digits);
}

/** `1.2 ± 3.4`; a dash for none. */
export function spread(
  statistic: { readonly mean: number; readonly standardDeviation: number } | null,
  digits = 1,
): string {
  if (statistic === null) return "–";
  // Adding 0 makes a mean that rounds to −0 a plain 0.
  const mean = (Number(statistic.mean.toFixed(digits)) + 0).toFixed(digits);
  return `${mean} ± ${statistic.standardDeviation.toFixed(digits)}`;
}
