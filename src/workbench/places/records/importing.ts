import { notifications } from "@mantine/notifications";
import type { ImportReport } from "../../../services/records.ts";
import { actions } from "../../state/store.ts";
import { workers } from "../../workers.ts";
import type { PickedFile } from "./droppedFiles.ts";

/** Failures shown one by one; more are counted. */
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
    const report = await workers.records.importFiles(files);
    const first = report.stored[0] ?? report.duplicates[0];
    if (first !== undefined)
      actions.selectRecord({ hash: first.hash, lead: first.lead, start: 0, beat: null });
    notifications.update({
      id,
      loading: false,
      autoClose: 6000,
      title: "Import finished",
      message: summary(report),
      color: report.failures.length > 0 ? "yellow" : "teal",
    });
    for (const { message, place, remedy } of report.failures.slice(0, mostShown)) {
      notifications.show({ color: "red", autoClose: false, title: place, message: `${message} ${remedy}` });
    }
    if (report.failures.length > mostShown) {
      notifications.show({
        color: "red",
        autoClose: false,
        title: "More could not be read",
        message: `${report.failures.length - mostShown} further files.`,
      });
    }
  } catch (error) {
    notifications.hide(id);
    throw error;
  }
}

function summary({ stored, duplicates, failures }: ImportReport): string {
  const parts = [`${stored.length} ${stored.length === 1 ? "record" : "records"} stored`];
  if (duplicates.length > 0) parts.push(`${duplicates.length} already there`);
  if (failures.length > 0) parts.push(`${failures.length} not readable`);
  return `${parts.join(", ")}.`;
}
