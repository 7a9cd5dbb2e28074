import {
  Anchor,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import type { Shares, Split } from "../../../../domain/cohort.ts";
import { library, libraryActions } from "../../../state/library.ts";
import { reported } from "../../../state/report.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import { SidesTable } from "./SidesTable.tsx";
import { queryInWords } from "./words.ts";

const kinds: readonly { readonly value: Split["kind"]; readonly label: string }[] = [
  { value: "patient", label: "By patient" },
  { value: "published", label: "As published (DS1 / DS2, folds)" },
  { value: "leaveOnePatientOut", label: "Leave one patient out" },
  { value: "record", label: "By record" },
];

/** Shares that most papers use, %. */
const usual = { validation: 10, test: 20 };

/** Folds 9 and 10 of PTB-XL were checked by hand: its authors validate and test on them. */
const ptbXlFolds = { validationFolds: [9], testFolds: [10] } as const;

/** Names the records that the library's filters let through, with a split, and shows what comes of it. */
export function CohortEditor() {
  const { query, revision } = useStore(library);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Split["kind"]>("patient");
  const [seed, setSeed] = useState(1);
  const [validation, setValidation] = useState(usual.validation);
  const [test, setTest] = useState(usual.test);
  const [chosenPatient, setPatient] = useState<string | null>(null);
  const patients = useAnswer(
    kind === "leaveOnePatientOut" ? JSON.stringify([query, revision]) : null,
    () => workers.records.patientsOf(query),
    true,
  );
  const patient = chosenPatient ?? patients?.[0] ?? "";
  const split = splitOf({ kind, seed, validation: validation / 100, test: test / 100, patient });
  const summary = useAnswer(
    JSON.stringify([query, split, revision]),
    () => workers.records.previewCohort(query, split),
    true,
  );
  const save = () => reported(workers.records.createCohort(name, query, split).then(() => setName("")));
  return (
    <Paper withBorder p="md" component="section" aria-label="New cohort" data-testid="cohort-editor">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="sm">
          <div>
            <Text fw={600}>New cohort</Text>
            <Text size="sm" c="dimmed">
              {queryInWords(query)}.{" "}
              <Anchor component="button" type="button" size="sm" onClick={() => libraryActions.show("list")}>
                Change the filters
              </Anchor>
            </Text>
          </div>
          <Select
            label="Split"
            allowDeselect={false}
            value={kind}
            data={[...kinds]}
            onChange={(value) => setKind((value ?? "patient") as Split["kind"])}
          />
          {kind === "leaveOnePatientOut" && (
            <Select
              label="Patient left out for the test"
              searchable
              allowDeselect={false}
              value={patient}
              data={[...(patients ?? [])]}
              onChange={setPatient}
            />
          )}
          <Group grow gap="xs">
            <NumberInput
              label="Validation %"
              min={0}
              max={50}
              allowDecimal={false}
              value={validation}
              onChange={(value) => setValidation(Number(value) || 0)}
            />
            {(kind === "patient" || kind === "record") && (
              <NumberInput
                label="Test %"
                min={1}
                max={50}
                allowDecimal={false}
                value={test}
                onChange={(value) => setTest(Number(value) || 1)}
              />
            )}
            <NumberInput
              label="Seed"
              min={0}
              max={2 ** 32 - 1}
              allowDecimal={false}
              value={seed}
              onChange={(value) => setSeed(Number(value) || 0)}
            />
          </Group>
          <Group gap="xs" align="flex-end">
            <TextInput
              label="Name"
              placeholder="MIT-BIH without paced patients"
              style={{ flex: 1 }}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && name.trim() !== "") save();
              }}
            />
            <Button onClick={save} disabled={name.trim() === ""}>
              Save the cohort
            </Button>
          </Group>
        </Stack>
        <div data-testid="cohort-preview">{summary !== null && <SidesTable summary={summary} />}</div>
      </SimpleGrid>
    </Paper>
  );
}

function splitOf(chosen: {
  readonly kind: Split["kind"];
  readonly seed: number;
  readonly validation: number;
  readonly test: number;
  readonly patient: string;
}): Split {
  const { kind, seed, validation, test, patient } = chosen;
  const shares: Shares = { train: 1 - validation - test, validation, test };
  switch (kind) {
    case "record":
    case "patient":
      return { kind, seed, shares };
    case "published":
      return { kind, seed, validationShare: validation, ...ptbXlFolds };
    case "leaveOnePatientOut":
      return { kind, seed, patient, validationShare: validation };
  }
}
