import { Failure } from "../../../../domain/failure.ts";

/** A file with its path inside the folder that was picked or dropped. */
export interface PickedFile {
  readonly path: string;
  readonly blob: Blob;
}

/** Files that are listed before the page answers in between. */
const filesAtOnce = 2000;

/** The files of a file or folder picker, of which a folder may have tens of thousands. */
export async function filesOfPicker(files: readonly File[]): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const file of files) {
    picked.push({ path: file.webkitRelativePath || file.name, blob: file });
    if (picked.length % filesAtOnce === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return picked;
}

/** All files of a drop, folders read to their depth. @throws Failure `unreadable-file` naming the entry */
export async function filesOfDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  // The list of entries is emptied when the event ends: it must be taken before the first await.
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return filesOfPicker([...transfer.files]);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<PickedFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, (error) => reject(unreadable(path, error)));
    });
    return [{ path, blob: file }];
  }
  if (isFolder(entry)) {
    const children = await readFolder(entry, path);
    return (await Promise.all(children.map(filesOfEntry))).flat();
  }
  return [];
}

async function readFolder(folder: FileSystemDirectoryEntry, path: string): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // One call gives at most a hundred entries; an empty answer is the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, (error) => reject(unreadable(path, error)));
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function unreadable(path: string, error: DOMException): Failure {
  return new Failure(
    "unreadable-file",
    `The browser could not read it (${error.message}).`,
    path,
    "Check that it is still there and try again.",
  );
}
