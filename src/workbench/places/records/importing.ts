import { notifications } from "@mantine/notifications";
import type { ImportReport } from "../../../services/records.ts";
import { keepStorage } from "../../../storage/room.ts";
import { actions } from "../../state/store.ts";
import { workers } from "../../workers.ts";
import type { PickedFile } from "./droppedFiles.ts";

/** Failures told one by one; more are counted. */
const mostShown = 4;

/** Imports files in the worker, selects the first record among them, and says what happened. */
export async function importFiles(files: readonly PickedFile[]): Promise<void> {
  const id = notifications.show({
    loading: true,
    autoClose: false,
    title: "Importing",
    message: `${files.length} files …`,
  });
  try {
    // Before the first bytes are stored: a browser that agrees will not clear them by itself.
    await keepStorage();
    const report = await workers.records.importFiles(files);
    const first = report.stored[0] ?? report.duplicates[0];
    if (first !== undefined)
      actions.selectRecord({ hash: first.hash, lead: first.lead, start: 0, beat: null });
    const failed = report.failures.length > 0;
    notifications.update({
      id,
      loading: false,
      // Mistakes stay until they have been read; the rest goes by itself.
      autoClose: failed ? false : 6000,
      color: failed ? "red" : "teal",
      title: "Import finished",
      message: [summary(report), ...explain(report)].join("\n"),
      styles: { description: { whiteSpace: "pre-line" } },
    });
  } catch (error) {
    notifications.hide(id);
    throw error;
  }
}

function explain({ failures }: ImportReport): string[] {
  const lines = failures
    .slice(0, mostShown)
    .map(({ place, message, remedy }) => `${place}: ${message} ${remedy}`);
  const more = failures.length - mostShown;
  return more > 0 ? [...lines, `${more} more could not be read.`] : lines;
}

function summary({ stored, duplicates, failures }: ImportReport): string {
  const parts = [`${stored.length} ${stored.length === 1 ? "record" : "records"} stored`];
  if (duplicates.length > 0) parts.push(`${duplicates.length} already there`);
  if (failures.length > 0) parts.push(`${failures.length} not readable`);
  return `${parts.join(", ")}.`;
}
