import { Failure } from "../../../../domain/failure.ts";
import type { GeneratedForm } from "../../../../domain/generation.ts";
import type { SignalSource } from "../../../../experiments/augmentationTransfer/specification.ts";
import type { Completion } from "../../../state/protocolDrafts.ts";
import { workers } from "../../../workers.ts";

/** Adds the sources to what is set up. @throws Failure `sources-overlap` */
export const withSources: Completion = async (fields, choice, second) => {
  const sources = await Promise.all(
    [choice, second].flatMap((each) =>
      each === null
        ? []
        : [workers.training.signalSource(each, fields["form"] as GeneratedForm, fields["lead"] as string)],
    ),
  );
  requireApart(sources);
  return { ...fields, sources };
};

/** Merged, a record of both sources would count twice. */
function requireApart([one, two]: readonly SignalSource[]): void {
  const shared = two?.members.filter((member) => one.members.includes(member)).length ?? 0;
  if (shared === 0) return;
  throw new Failure(
    "sources-overlap",
    `${shared} records are in ${one.name} and in ${two.name}.`,
    "And of",
    "Choose two sources that share no record, or one of them alone.",
  );
}
