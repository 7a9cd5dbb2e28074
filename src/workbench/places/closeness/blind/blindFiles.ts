import { calledReal, tally } from "../../../../evaluation/blindTest.ts";
import type { StoredBlindTest } from "../../../../storage/storedCloseness.ts";

/** What a test was made of, without the hashes of all records. */
function manifestOf({ id, specification, version, createdAt }: StoredBlindTest) {
  const { real, synthetic } = specification;
  return {
    ...specification,
    real: real.kind === "records" ? { ...real, members: real.members.length } : real,
    synthetic: synthetic.map((source) =>
      source.kind === "records" ? { ...source, members: source.members.length } : source,
    ),
    id,
    version,
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** Every answer a line, in the order in which the pictures were shown. */
export function blindCsv(test: StoredBlindTest): string {
  const { specification, judged } = test;
  const rows = judged.map(({ source, row, isReal, saidReal, confidence, milliseconds }, index) => {
    const name = source === 0 ? "real" : (specification.synthetic[source - 1]?.name ?? "synthetic");
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const said = saidReal ? "real" : "synthetic";
    return [index + 1, quoted, row, isReal ? "real" : "synthetic", said, confidence ?? "", milliseconds].join(
      ",",
    );
  });
  return [
    "# Blind test: real or synthetic? ECG synthesis workbench; no diagnosis of anybody",
    `# ${JSON.stringify(manifestOf(test))}`,
    "trial,source,row,truth,answer,confidence (1 guessing to 3 certain),time (ms)",
    ...rows,
    "",
  ].join("\n");
}

/** Manifest, answers, and what came of them: in all, and for each generator. */
export function blindJson(test: StoredBlindTest): string {
  const { specification, judged } = test;
  const result = {
    manifest: manifestOf(test),
    answers: judged,
    result: tally(judged),
    generators: specification.synthetic.map(({ name }, index) => ({
      name,
      ...tally(judged, index + 1),
      calledReal: calledReal(judged, index + 1),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
