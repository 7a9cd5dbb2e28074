import { NumberInput, Select } from "@mantine/core";
import { useContext } from "react";
import { protocolDraftActions } from "../../../state/protocolDrafts.ts";
import { useRealOptions } from "../../../useRealOptions.ts";
import { DraftKind, useDraft } from "./useDraft.ts";

/** Whose signals the experiment is about: of one source, or, where the protocol compares them, of two. */
export function SourceFields({ takesSecond }: { readonly takesSecond: boolean }) {
  const kind = useContext(DraftKind);
  const { source, second, patients, given } = useDraft();
  const realOptions = useRealOptions();
  const sources = [
    ...(given === null ? [] : [{ value: "given", label: `The records that it learned from: ${given.name}` }]),
    { value: "virtual", label: "Virtual patients, made here" },
    { value: "mitBih", label: "MIT-BIH, as imported" },
    ...realOptions,
  ];
  const choose = (chosen: string) =>
    protocolDraftActions.draft(kind, { source: chosen, ...(chosen === second ? { second: null } : {}) });
  return (
    <>
      <Select
        label="Signals of"
        allowDeselect={false}
        value={source}
        data={sources}
        onChange={(value) => value !== null && choose(value)}
      />
      {takesSecond && (
        <Select
          label="And of"
          description={second === null ? undefined : "Each by itself, and both merged"}
          allowDeselect={false}
          value={second ?? "none"}
          data={[
            { value: "none", label: "No others" },
            // What holds all records can stand beside nothing else.
            ...sources.filter(({ value }) => value !== source && value !== "library"),
          ]}
          onChange={(value) => protocolDraftActions.draft(kind, { second: value === "none" ? null : value })}
        />
      )}
      {(source === "virtual" || (takesSecond && second === "virtual")) && (
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
