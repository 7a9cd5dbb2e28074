import { Select } from "@mantine/core";
import { useContext } from "react";
import { type GeneratedForm, generatedForms } from "../../../../domain/generation.ts";
import type { DescribedGenerator } from "../../../../generators/generator.ts";
import { readChosen, withForm, writeChosen } from "../../../state/chosenTrainings.ts";
import { protocolDraftActions } from "../../../state/protocolDrafts.ts";
import { DraftKind, useDraft } from "../setup/useDraft.ts";
import { usualOfForm } from "./forms.ts";

const labels: Readonly<Record<GeneratedForm, string>> = {
  beats: "Single beats",
  recordings: "Ten seconds of one lead",
};

/** What is generated; classes, lead and the trainings of generators go with it. */
export function FormField({ models }: { readonly models: Readonly<Record<string, DescribedGenerator>> }) {
  const kind = useContext(DraftKind);
  const { fields, preset } = useDraft();
  const form = fields["form"] as GeneratedForm;
  const choose = (next: GeneratedForm) => {
    const { lead, classes, offered } = usualOfForm[next];
    const kept = (fields["classes"] as readonly string[]).filter((name) => offered.includes(name));
    const list = withForm(readChosen(fields, "generators"), [form, next], models, preset);
    protocolDraftActions.draft(kind, {
      fields: {
        ...fields,
        form: next,
        lead,
        classes: kept.length < 2 ? classes : kept,
        generators: writeChosen(list, "generators"),
      },
    });
  };
  return (
    <Select
      label="Signals"
      allowDeselect={false}
      value={form}
      data={(Object.keys(generatedForms) as GeneratedForm[]).map((value) => ({
        value,
        label: labels[value],
      }))}
      onChange={(next) => next !== null && next !== form && choose(next as GeneratedForm)}
    />
  );
}
