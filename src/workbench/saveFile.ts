/** Offers a file to the person, as the browser's own download. */
export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Offers a file made of parts. */
export function saveFile(name: string, type: string, parts: readonly BlobPart[]): void {
  saveBlob(name, new Blob([...parts], { type }));
}
