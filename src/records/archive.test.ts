import { expect, test } from "vitest";
import { zipOf } from "./archive.ts";
import { filesOfZip } from "./zip.ts";

const files = [
  { name: "a.hea", bytes: new TextEncoder().encode("a 0 360") },
  { name: "a.dat", bytes: Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 256) },
];

test("an archive gives its files back", async () => {
  const zip = await zipOf(files);
  const back = await filesOfZip("a.zip", new Blob([zip as Uint8Array<ArrayBuffer>]));
  const read = await Promise.all(
    back.map(async (file) => ({ name: file.path, bytes: [...(await file.read())] })),
  );
  expect(read).toEqual(files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })));
});

test("the same files are the same archive", async () => {
  expect(await zipOf(files)).toEqual(await zipOf(files));
});
