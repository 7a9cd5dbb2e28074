import { aamiClassOf } from "../records/aami.ts";
import { cutBeats, paperSpan } from "../signal/beatMatrix.ts";
import { type Command, print } from "./command.ts";
import { annotationAt, findPeaks, inFrames, signalHelp, writeHelp, writeIfAsked } from "./signalOptions.ts";

/** Cuts the beats of a record out. */
export const beats: Command = {
  summary: "cut the beats of a record out",
  help: `npm run ecg -- beats RECORD [options]

Prints every beat with its class and its samples, 200 ms before to 400 ms after the R peak: at the annotated beats where
the record has any, otherwise at the R peaks that are found, whose class is then unknown (?). A beat that reaches over an
end of the record is left out.

${signalHelp}
${writeHelp}

Examples
  npm run ecg -- beats mitdb/100 > 100.beats.tsv
  npm run ecg -- beats mitdb/100 --json > 100.beats.json`,
  async run(words) {
    const found = await findPeaks(words);
    const { recording, lead, rPeaks, json } = found;
    const annotated = recording.annotations.filter(({ symbol }) => aamiClassOf(symbol) !== null);
    const scale = lead.samplingFrequency / recording.samplingFrequency;
    const places =
      annotated.length > 0
        ? annotated.map(({ sample, symbol }) => ({ at: Math.round(sample * scale), symbol }))
        : Array.from(rPeaks, (at) => ({ at, symbol: "?" }));
    const span = paperSpan(lead.samplingFrequency);
    const { rows, samples, length } = cutBeats(
      lead.samples,
      places.map(({ at }) => at),
      span,
    );
    const cut = Array.from(rows, (index, row) => ({
      sample: inFrames(places[index].at, found),
      symbol: places[index].symbol,
      aamiClass: places[index].symbol === "?" ? null : aamiClassOf(places[index].symbol),
      samples: Array.from(samples.subarray(row * length, (row + 1) * length), (value) =>
        Number(value.toFixed(5)),
      ),
    }));
    await writeIfAsked(
      found,
      cut.map(({ sample, symbol }) => annotationAt(sample, symbol)),
    );
    const { name, unit, samplingFrequency } = lead;
    if (json) {
      print(
        JSON.stringify({ record: recording.name, lead: name, unit, samplingFrequency, ...span, beats: cut }),
      );
      return;
    }
    print(["sample", "symbol", "class", ...Array.from({ length }, (_, at) => at - span.before)].join("\t"));
    for (const beat of cut) {
      print([beat.sample, beat.symbol, beat.aamiClass ?? "", ...beat.samples].join("\t"));
    }
  },
};
