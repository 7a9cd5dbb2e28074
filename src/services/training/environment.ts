import type { Architecture } from "../../classifiers/architecture.ts";
import { type ArchitectureName, architectures } from "../../classifiers/index.ts";
import type { CellSpecification, SignalForm } from "../../domain/experiment.ts";
import { Failure } from "../../domain/failure.ts";
import { durationOf, type LibraryRecord } from "../../domain/libraryRecord.ts";
import type { CellEnvironment, RealRecord } from "../../experiments/realSynthetic/runCell.ts";
import { formSignal } from "../../experiments/realSynthetic/signals.ts";
import { labelOf } from "../../experiments/realSynthetic/tasks.ts";
import { breathe } from "../../neural/training/breathe.ts";
import { openRecording } from "../../records/openRecording.ts";
import { filesOfRecord, findRecord } from "../../storage/records.ts";
import { findPretraining, keepPretraining } from "../../storage/runs.ts";

/** @throws Failure `unknown-architecture` */
export async function architectureNamed(name: string): Promise<Architecture> {
  if (!Object.hasOwn(architectures, name)) {
    const known = Object.keys(architectures).join(", ");
    throw new Failure("unknown-architecture", "There is no such architecture.", name, `Choose ${known}.`);
  }
  return architectures[name as ArchitectureName]();
}

/** The lead of a record that a form asks for; `II` is also what Holter recorders call `MLII`. */
export function leadFor(record: Pick<LibraryRecord, "leads">, { lead }: SignalForm): string | null {
  const wanted = lead.toLowerCase();
  const found = record.leads.find(({ name }) => [wanted, `ml${wanted}`].includes(name.toLowerCase()));
  return found?.name ?? null;
}

/** The samples of a stored record in a form, standardised. */
export async function storedSignal(hash: string, form: SignalForm): Promise<Float32Array> {
  const record = await findRecord(hash);
  const files = await filesOfRecord(hash);
  const named = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const recording = await openRecording(record?.recordName ?? "", named, hash);
  const lead = recording.leads.find(({ name }) => name === leadFor(recording, form));
  if (lead === undefined) {
    throw new Failure(
      "no-such-lead",
      `The record has no lead ${form.lead}.`,
      record?.name ?? hash,
      "Leave it out of the cohort.",
    );
  }
  return formSignal(lead.samples, lead.samplingFrequency, form);
}

/** What a cell needs, from the library of this browser. */
export async function libraryEnvironment(cell: CellSpecification): Promise<CellEnvironment> {
  return {
    architecture: await architectureNamed(cell.architecture),
    async realRecords(task) {
      const records = await Promise.all((cell.real?.members ?? []).map(findRecord));
      return records.flatMap((record): RealRecord[] => {
        if (record === null || durationOf(record) < cell.form.duration - 1e-6) return [];
        const label = labelOf(record, task);
        if (label === null || leadFor(record, cell.form) === null) return [];
        return [{ hash: record.hash, name: record.name, patient: record.patient, label }];
      });
    },
    async realSignals(records, stopped) {
      const length = Math.round(cell.form.duration * cell.form.samplingFrequency);
      const signals = new Float32Array(records.length * length);
      for (const [row, { hash }] of records.entries()) {
        if (stopped()) return null;
        signals.set(await storedSignal(hash, cell.form), row * length);
        await breathe();
      }
      const labels = Uint8Array.from(records, ({ label }) => label);
      return { signals, labels, count: records.length, length };
    },
    pretrained: async (address) => (await findPretraining(address))?.weights ?? null,
    keepPretrained: (id, weights) => keepPretraining({ id, weights }),
  };
}
