import { Failure } from "../domain/failure.ts";
import { workbenchVersion } from "../domain/version.ts";
import { augment } from "./augment.ts";
import { beats } from "./beats.ts";
import { type Command, exitCodes, print, UsageError } from "./command.ts";
import { experiment } from "./experiment.ts";
import { fit } from "./fit.ts";
import { league } from "./league.ts";
import { merge } from "./merge.ts";
import { peaks } from "./peaks.ts";
import { read } from "./read.ts";
import { score } from "./score.ts";
import { synth } from "./synth.ts";
import { transfer } from "./transfer.ts";
import { waves } from "./waves.ts";

/** The commands, in the order in which one meets them. */
const commands: Readonly<Record<string, Command>> = {
  synth,
  read,
  peaks,
  waves,
  beats,
  score,
  fit,
  experiment,
  merge,
  augment,
  transfer,
  league,
};

const overview = `ECG synthesis workbench ${workbenchVersion}, on the command line

npm run ecg -- COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join("\n")}

npm run ecg -- COMMAND --help teaches a command.
Exit codes: 0 done; 1 the input cannot be used (the message names the place and the remedy); 2 wrong usage; 3 a defect.`;

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "help") {
    print(overview);
    return name === undefined ? exitCodes.wrongUsage : exitCodes.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`There is no command ${name}.\n\n${overview}\n`);
    return exitCodes.wrongUsage;
  }
  if (rest.includes("--help")) {
    print(command.help);
    return exitCodes.ok;
  }
  try {
    await command.run(rest);
    return exitCodes.ok;
  } catch (error) {
    return explain(error, name);
  }
}

function explain(error: unknown, name: string): number {
  if (error instanceof Failure) {
    process.stderr.write(`${error.describe()}\n`);
    return exitCodes.badInput;
  }
  // Node's parseArgs marks its own errors by their code.
  const isUsage =
    error instanceof UsageError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  if (isUsage) {
    process.stderr.write(`${error.message}\nnpm run ecg -- ${name} --help tells how.\n`);
    return exitCodes.wrongUsage;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.defect;
}

process.exitCode = await main(process.argv.slice(2));
