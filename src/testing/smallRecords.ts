import { beatRecording } from "../experiments/generation/beatRecording.ts";
import { beatForm, simulatedBeats } from "../experiments/generation/beatRows.ts";
import { type WrittenFile, writeRecord } from "../records/wfdb/write.ts";
import { type SyntheticManifest, synthesisService } from "../services/synthesis.ts";

type Request = Partial<
  Pick<SyntheticManifest, "preset" | "rhythm" | "seed" | "variation" | "duration" | "samplingFrequency">
> & { readonly overrides?: Readonly<Record<string, string>> };

/** A file as it is picked for an import. */
export const picked = ({ name, bytes }: WrittenFile) => ({
  path: name,
  blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});

/** A record with annotated beats as the simulator exports it, marked as synthetic. */
export async function simulatedFiles(name: string, request: Request = {}): Promise<readonly WrittenFile[]> {
  const { files } = await synthesisService.exportRecord(name, {
    simulator: "gaussian",
    preset: "clinical",
    rhythm: "normal",
    overrides: {},
    seed: 3,
    variation: "exact",
    duration: 10,
    samplingFrequency: 360,
    ...request,
  });
  return files;
}

/** The same without the comments that say so: it stands for the recording of a person in tests. */
export async function recordedFiles(name: string, request: Request = {}): Promise<WrittenFile[]> {
  return (await simulatedFiles(name, request)).map((file) => {
    if (!file.name.endsWith(".hea")) return file;
    const lines = new TextDecoder().decode(file.bytes).split("\n");
    const bare = lines.filter((line) => !line.startsWith("#")).join("\n");
    return { name: file.name, bytes: new TextEncoder().encode(bare) };
  });
}

/** Some normal beats as the record of a generator, with the name by which it is found. */
export function generatedFiles(name: string, seed: number, count = 30) {
  const { beats } = simulatedBeats(seed, 0, 1);
  const some = beats.slice(0, count * beatForm.length);
  const symbols = Array<string>(count).fill("N");
  return {
    files: writeRecord(beatRecording(some, { name, generator: "test", symbols, seed, filter: "none" })),
    text: name,
  };
}
