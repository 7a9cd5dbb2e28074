import { Select, Stack, Text } from "@mantine/core";
import { useStore } from "zustand";
import { SchemaForm } from "../../controls/SchemaForm.tsx";
import { formatCount } from "../../format.ts";
import { generation, generationActions, learnedSourceOf } from "../../state/generation.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";

/** Whom a personal generator is made for, and how their beats are found. */
export function PatientSetup({ beatClass }: { readonly beatClass: string }) {
  const draft = useStore(generation, (state) => state.draft);
  const { source, wholeCohort, patient, patientSearch } = draft;
  const patients = useAnswer(`${source} ${wholeCohort} ${beatClass}`, async () =>
    workers.training.patientsOfSource(await learnedSourceOf(draft, "beats"), beatClass),
  );
  const schema = useAnswer("patient search", () => workers.training.describePatientSearch());
  const isPredicted = patientSearch["labels"] !== "annotated";
  const change = (name: string, value?: (typeof patientSearch)[string]) => {
    const { [name]: _, ...rest } = patientSearch;
    generationActions.draft({ patientSearch: value === undefined ? rest : { ...rest, [name]: value } });
  };
  return (
    <Stack gap="xs" data-testid="patient-setup">
      <Select
        label="Made for the patient"
        placeholder={patients === null ? "Looking for patients …" : "Choose one"}
        searchable
        value={patient}
        data={(patients ?? []).map((each) => ({
          value: each.patient,
          label: `${each.patient} (${formatCount(each.count)} beats of ${beatClass})`,
        }))}
        onChange={(value) => generationActions.draft({ patient: value })}
      />
      <Text size="xs" c="dimmed">
        {isPredicted
          ? "First a network learns from the other patients, and finds in this patient's first minutes the beats that are surest of the class; no label of the patient is looked at. It is kept for the next generator."
          : "The patient's first annotated beats of the class are its model: for teaching only."}
      </Text>
      {schema !== null && (
        <SchemaForm
          schema={schema}
          useOverride={useSearchValue}
          section="The patient's beats"
          showAdvanced
          advancedTitle="More"
          onChange={change}
          onReset={(name) => change(name)}
        />
      )}
    </Stack>
  );
}

function useSearchValue(name: string) {
  return useStore(generation, ({ draft }) => draft.patientSearch[name]);
}
