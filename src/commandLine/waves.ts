import type { WaveBoundaries } from "../domain/groundTruth.ts";
import { wavesToAnnotations } from "../records/waveAnnotations.ts";
import { delineate } from "../signal/delineation/index.ts";
import { type Command, print } from "./command.ts";
import { findPeaks, inFrames, signalHelp, writeHelp, writeIfAsked } from "./signalOptions.ts";

/** Finds P, QRS and T of a record. */
export const waves: Command = {
  summary: "find the waves of a record",
  help: `npm run ecg -- waves RECORD [options]

Prints onset, peak and offset of P, QRS and T of every beat of one lead, in samples; a dash where a wave is not there.

${signalHelp}
${writeHelp}

Examples
  npm run ecg -- waves ptbxl/records500/00000/00001_hr
  npm run ecg -- waves mitdb/100 --write 100.wav --json`,
  async run(words) {
    const found = await findPeaks(words);
    const { recording, lead, rPeaks, json } = found;
    const framesOf = (wave: WaveBoundaries | null): WaveBoundaries | null =>
      wave === null
        ? null
        : {
            onset: inFrames(wave.onset, found),
            peak: inFrames(wave.peak, found),
            offset: inFrames(wave.offset, found),
          };
    const beats = delineate(lead.samples, lead.samplingFrequency, rPeaks).map(({ rPeak, p, qrs, t }) => ({
      rPeak: inFrames(rPeak, found),
      p: framesOf(p),
      qrs: framesOf(qrs),
      t: framesOf(t),
    }));
    await writeIfAsked(found, wavesToAnnotations(beats));
    const { samplingFrequency } = recording;
    if (json) {
      print(JSON.stringify({ record: recording.name, lead: lead.name, samplingFrequency, beats }));
      return;
    }
    print("R\tP on\tP\tP off\tQRS on\tQRS off\tT on\tT\tT off");
    for (const { rPeak, p, qrs, t } of beats) {
      const cells = [
        rPeak,
        p?.onset,
        p?.peak,
        p?.offset,
        qrs?.onset,
        qrs?.offset,
        t?.onset,
        t?.peak,
        t?.offset,
      ];
      print(cells.map((cell) => cell ?? "–").join("\t"));
    }
  },
};
