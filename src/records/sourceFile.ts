/** A file that can be read when it is needed. */
export interface SourceFile {
  /** With its folders, `/` between them. */
  readonly path: string;
  /** bytes */
  readonly size: number;
  /** What changes when the file does: the time of its last change, or that of its archive. */
  readonly stamp: string;
  /** @throws Failure where it is gone or damaged */
  read(): Promise<Uint8Array>;
}

/** The name without its folders. */
export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folders with the last `/`, empty where there are none. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
