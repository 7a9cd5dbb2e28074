import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All files of a record's folder that bear its name, or that its header mentions, as the readers take them. */
export function filesNear(folder: string, name: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const names = readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
  const add = (file: string) => {
    if (!files.has(file) && existsSync(join(folder, file)))
      files.set(file, new Uint8Array(readFileSync(join(folder, file))));
  };
  for (const file of names) add(file);
  const mention = (header: string) => {
    if (!existsSync(join(folder, header))) return;
    for (const line of readFileSync(join(folder, header), "latin1").split(/\r?\n/).slice(1)) {
      const word = line.trim().split(/\s+/)[0];
      if (word === "" || word.startsWith("#")) continue;
      add(word);
      if (!files.has(`${word}.hea`) && existsSync(join(folder, `${word}.hea`))) {
        add(`${word}.hea`);
        mention(`${word}.hea`);
      }
    }
  };
  mention(`${name}.hea`);
  return files;
}
