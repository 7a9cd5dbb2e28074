import { useContext } from "react";
import { useStore } from "zustand";
import type { NamedTraining } from "../../../../domain/distinctTitles.ts";
import { type ChosenField, readChosen, writeChosen } from "../../../state/chosenTrainings.ts";
import { type DraftFields, protocolDraftActions, protocolDrafts } from "../../../state/protocolDrafts.ts";
import { DraftKind, useDraft } from "./useDraft.ts";

/** The generators of the draft on the form, and the way to change them. */
export function useChosen(
  field: ChosenField,
): readonly [list: readonly NamedTraining[], change: (list: readonly NamedTraining[]) => void] {
  const kind = useContext(DraftKind);
  const { fields } = useDraft();
  return [
    readChosen(fields, field),
    (list) => protocolDraftActions.field(kind, field, writeChosen(list, field)),
  ];
}

/** The generators of the larger preset of the protocol on the form. */
export function useFullList(field: ChosenField): readonly NamedTraining[] {
  const kind = useContext(DraftKind);
  const full = useStore(protocolDrafts, ({ presets }) => presets?.[kind]?.full ?? null);
  return full === null ? [] : readChosen(full as DraftFields, field);
}
