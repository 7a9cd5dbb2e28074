import { MultiSelect } from "@mantine/core";
import {
  beginningOf,
  type ChosenField,
  type OfferedChoice,
  withNames,
} from "../../../state/chosenTrainings.ts";
import { ChosenTrainings } from "./ChosenTrainings.tsx";
import { useChosen, useFullList } from "./useChosen.ts";
import { useDraft } from "./useDraft.ts";

/** Which generators take part, and how each is trained. */
export function ModelsField({
  field,
  label,
  offered,
  allowsTwice = true,
}: {
  readonly field: ChosenField;
  readonly label: string;
  readonly offered: readonly OfferedChoice[];
  /** Whether the protocol tells trainings of the same generator apart. */
  readonly allowsTwice?: boolean;
}) {
  const [list, change] = useChosen(field);
  const full = useFullList(field);
  const { preset } = useDraft();
  return (
    <>
      <MultiSelect
        label={label}
        value={[...new Set(list.map(({ name }) => name))]}
        data={offered.map(({ value, label: title }) => ({ value, label: title }))}
        onChange={(names) =>
          change(withNames(list, names, offered, (choice) => beginningOf(choice, preset, full)))
        }
      />
      <ChosenTrainings field={field} offered={offered} allowsTwice={allowsTwice} />
    </>
  );
}
