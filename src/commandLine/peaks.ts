import { type Command, print } from "./command.ts";
import { annotationAt, findPeaks, inFrames, signalHelp, writeHelp, writeIfAsked } from "./signalOptions.ts";

/** Finds the R peaks of a record. */
export const peaks: Command = {
  summary: "find the R peaks of a record",
  help: `npm run ecg -- peaks RECORD [options]

Prints the sample and the time of every R peak of one lead, and the heart rate from the interval before it.

${signalHelp}
${writeHelp}

Examples
  npm run ecg -- peaks mitdb/100
  npm run ecg -- peaks mitdb/100 --write 100.qrs --json`,
  async run(words) {
    const found = await findPeaks(words);
    const { lead, detector, rPeaks, recording, json } = found;
    const frames = Array.from(rPeaks, (sample) => inFrames(sample, found));
    await writeIfAsked(
      found,
      frames.map((sample) => annotationAt(sample, "N")),
    );
    const { samplingFrequency } = recording;
    if (json) {
      print(
        JSON.stringify({
          record: recording.name,
          lead: lead.name,
          detector,
          samplingFrequency,
          rPeaks: frames,
        }),
      );
      return;
    }
    print(`${recording.name}, lead ${lead.name}: ${frames.length} R peaks (${detector})`);
    print("sample\ttime, s\trate, 1/min");
    frames.forEach((sample, index) => {
      const interval = index === 0 ? null : (sample - frames[index - 1]) / samplingFrequency;
      const rate = interval === null ? "" : (60 / interval).toFixed(1);
      print(`${sample}\t${(sample / samplingFrequency).toFixed(3)}\t${rate}`);
    });
  },
};
