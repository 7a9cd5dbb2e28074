import { NumberInput, Select } from "@mantine/core";
import { useContext } from "react";
import { protocolDraftActions } from "../../../state/protocolDrafts.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import { DraftKind, useDraft } from "./useDraft.ts";

/** Whose signals the experiment is about. */
export function SourceFields() {
  const kind = useContext(DraftKind);
  const { source, patients } = useDraft();
  const cohorts = useAnswer("cohorts", () => workers.records.listCohorts());
  return (
    <>
      <Select
        label="Signals of"
        allowDeselect={false}
        value={source}
        data={[
          { value: "virtual", label: "Virtual patients, made here" },
          { value: "mitBih", label: "MIT-BIH, as imported" },
          { value: "library", label: "All records of the library" },
          ...(cohorts ?? []).map(({ id, name }) => ({ value: id, label: `Cohort ${name}` })),
        ]}
        onChange={(value) => value !== null && protocolDraftActions.draft(kind, { source: value })}
      />
      {source === "virtual" && (
        <NumberInput
          label="Virtual patients"
          description="Half an hour of each, kept in the library. They are simulated, and no substitute for real ones."
          min={4}
          max={24}
          allowDecimal={false}
          value={patients}
          onChange={(value) =>
            protocolDraftActions.draft(kind, {
              patients: Math.min(24, Math.max(4, Math.round(Number(value) || 4))),
            })
          }
        />
      )}
    </>
  );
}
