import { createStore } from "zustand/vanilla";
import type { Assumptions, ImportChoice } from "../../../../records/keep.ts";
import type { SurveyAnswer } from "../../../../services/importing.ts";
import type { ImportProgress, ImportReport } from "../../../../services/importJob.ts";
import { keepStorage } from "../../../../storage/room.ts";
import { actions, workbench } from "../../../state/store.ts";
import { workers } from "../../../workers.ts";
import type { PickedFile } from "./droppedFiles.ts";

/** Where an import stands; one at a time. */
export type ImportPhase =
  | { readonly kind: "idle" }
  /** Files are being listed. */
  | { readonly kind: "listing"; readonly title: string; readonly files: number }
  /** The person chooses what to keep. */
  | { readonly kind: "choosing"; readonly title: string; readonly answer: SurveyAnswer }
  | { readonly kind: "running"; readonly title: string; readonly progress: ImportProgress | null }
  | { readonly kind: "done"; readonly report: ImportReport };

export const importState = createStore<{ readonly phase: ImportPhase }>(() => ({ phase: { kind: "idle" } }));

const show = (phase: ImportPhase) => importState.setState({ phase });

/** Files that cross to the worker in one message: more would keep the page busy for longer than a frame or two. */
const filesAtOnce = 400;
/** From so many records on the person is asked what to keep. */
const manyRecords = 60;
/** ms between two looks at the progress. */
const progressInterval = 250;

/** Files of the newest import, to try again those that lacked something a person can state. */
let newest: readonly PickedFile[] = [];

/** Imports the newest files again with what they do not state themselves; what is stored is not read again. */
export async function importAgain(assumed: Assumptions): Promise<void> {
  await importFiles(newest, assumed);
}

/** Hands files to the worker, asks what to keep where there are many, and imports them. */
export async function importFiles(files: readonly PickedFile[], assumed: Assumptions = {}): Promise<void> {
  if (files.length === 0) return;
  newest = files;
  const title = titleOf(files);
  try {
    await workers.records.beginImport(title);
    for (let from = 0; from < files.length; from += filesAtOnce) {
      show({ kind: "listing", title, files: from });
      await workers.records.addFiles(files.slice(from, from + filesAtOnce));
    }
    show({ kind: "listing", title, files: files.length });
    const answer = await workers.records.surveyImport();
    const { records, ptbXl } = answer.survey;
    const isChoice = records >= manyRecords || (ptbXl !== null && ptbXl.at100 > 0 && ptbXl.at500 > 0);
    if (isChoice) show({ kind: "choosing", title, answer });
    else await runImport({ leads: null, ptbXlRate: null, labels: null, mostOfEach: null, assumed });
  } catch (error) {
    show({ kind: "idle" });
    throw error;
  }
}

/** Imports what was handed over. */
export async function runImport(choice: ImportChoice): Promise<void> {
  await following(() => workers.records.runImport(choice));
}

/** Shows the progress of an import until it ends, then its report, and opens a record that came alone. */
export async function following(run: () => Promise<ImportReport>): Promise<void> {
  const { phase } = importState.getState();
  const title = "title" in phase ? phase.title : "";
  show({ kind: "running", title, progress: null });
  // Before the first bytes are stored: a browser that agrees will not clear them by itself.
  await keepStorage();
  const timer = setInterval(() => {
    workers.records.importProgress().then(
      (progress) => {
        if (progress !== null && importState.getState().phase.kind === "running") {
          show({ kind: "running", title: progress.title, progress });
        }
      },
      // A lost worker is told by the import itself.
      () => clearInterval(timer),
    );
  }, progressInterval);
  try {
    const report = await run();
    const alone = report.stored + report.duplicates + report.known <= 2;
    const { first } = report;
    if (first !== null && (alone || workbench.getState().record === null)) {
      actions.selectRecord({ hash: first.hash, lead: first.lead, start: 0, beat: null });
    }
    show({ kind: "done", report });
  } catch (error) {
    show({ kind: "idle" });
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Stops after the record at hand; what is stored stays. */
export async function cancelImport(): Promise<void> {
  await workers.records.cancelImport();
  if (importState.getState().phase.kind !== "running") show({ kind: "idle" });
}

/** Puts the report away. */
export function closeReport(): void {
  show({ kind: "idle" });
}

/** `mitdb` for a folder, the name for an archive or a file, and how many there are besides. */
function titleOf(files: readonly PickedFile[]): string {
  const [first] = files;
  const folder = first.path.split("/");
  if (folder.length > 1) return folder[0];
  return files.length === 1 ? first.path : `${first.path} and ${files.length - 1} more`;
}

/** An import in words. */
export function summaryOf(report: ImportReport): string {
  const { stored, duplicates, known, unwanted, failed, relabelled } = report;
  const parts = [`${stored} ${stored === 1 ? "record" : "records"} stored`];
  if (duplicates + known > 0) parts.push(`${duplicates + known} already there`);
  if (unwanted > 0) parts.push(`${unwanted} left out as you chose`);
  if (failed > 0) parts.push(`${failed} not readable`);
  if (relabelled > 0) parts.push(`${relabelled} got their labels`);
  return `${parts.join(", ")}.`;
}

/** The report as a text file: every failure with its place and remedy. */
export function reportText(report: ImportReport): string {
  const head = [
    `Import of ${report.title}`,
    `${report.state}, ${(report.duration / 1000).toFixed(1)} s`,
    summaryOf(report),
    "",
  ];
  const failures = report.failures.map(
    ({ place, code, message, remedy }) => `${place}\t${code}\t${message}\t${remedy}`,
  );
  const more = report.failed - report.failures.length;
  return [...head, ...failures, ...(more > 0 ? [`and ${more} more`] : []), ""].join("\n");
}
