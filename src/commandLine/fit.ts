import { parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";
import { waveNames } from "../domain/groundTruth.ts";
import { beatSymbols } from "../records/wfdb/annotationCodes.ts";
import { beatAround } from "../signal/beats.ts";
import { fitBeat } from "../simulators/gaussian/fit.ts";
import { type Command, numberOf, print, UsageError } from "./command.ts";
import { readRecordAt } from "./recordFiles.ts";

const options = {
  beat: { type: "string" },
  lead: { type: "string" },
  timing: { type: "string", default: "beat" },
  annotator: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Fits the fifteen parameters of Table A.1 to one annotated beat. */
export const fit: Command = {
  summary: "fit the fifteen parameters of Table A.1 to a beat",
  help: `npm run ecg -- fit RECORD --beat N [options]

Prints the amplitude, width and shift of P, Q, R, S and T that best reproduce beat N of the record, with R² and the root
mean square of the residual. Beats are counted over the annotated ones, from 0.

  --beat N           which beat
  --lead NAME        which lead (II or MLII where there is one, otherwise the first)
  --timing WAY       beat: fractions of the beat, as in Table A.1; seconds: from the R peak (beat)
  --annotator EXT    extension of the annotation file
  --json             one JSON object

Example
  npm run ecg -- fit mitdb/100 --beat 100`,
  async run(words) {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    if (positionals.length !== 1 || values.beat === undefined)
      throw new UsageError("Give one RECORD and --beat N.");
    const timing = (["beat", "seconds"] as const).find((way) => way === values.timing);
    if (timing === undefined) throw new UsageError("--timing takes beat or seconds.");
    const recording = await readRecordAt(positionals[0], values.annotator);
    const lead =
      values.lead === undefined
        ? (recording.leads.find(({ name }) => /^(ml)?ii$/i.test(name)) ?? recording.leads[0])
        : recording.leads.find(({ name }) => name === values.lead);
    if (lead === undefined) {
      const names = recording.leads.map(({ name }) => name).join(", ");
      throw new Failure(
        "no-such-lead",
        "The record has no such lead.",
        values.lead ?? recording.name,
        `Choose ${names}.`,
      );
    }
    const scale = lead.samplingFrequency / recording.samplingFrequency;
    const rPeaks = recording.annotations
      .filter(({ symbol }) => beatSymbols.has(symbol))
      .map(({ sample }) => sample * scale);
    const window = beatAround(lead.samples, lead.samplingFrequency, rPeaks, numberOf("beat", values.beat, 0));
    const { values: parameters, rSquared, rootMeanSquareError, baseline } = fitBeat({ ...window, timing });
    if (values.json) {
      print(
        JSON.stringify({
          record: recording.name,
          lead: lead.name,
          beat: Number(values.beat),
          timing,
          parameters,
          rSquared,
          rootMeanSquareError,
          baseline,
        }),
      );
      return;
    }
    print(
      `${recording.name}, ${lead.name}, beat ${values.beat}: R² ${rSquared.toFixed(4)}, residual ${(rootMeanSquareError * 1000).toFixed(1)} µV`,
    );
    print("wave  amplitude      width      shift");
    const column = (value: number) => value.toFixed(5).padStart(10);
    for (const wave of waveNames) {
      print(
        `${wave}    ${["amplitude", "width", "shift"].map((part) => column(parameters[`${wave}.${part}`])).join(" ")}`,
      );
    }
    print(`length ${parameters["length"].toFixed(4)} s`);
  },
};
