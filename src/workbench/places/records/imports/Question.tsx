import { Button, Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FailureData } from "../../../../services/importJob.ts";
import { reported } from "../../../state/report.ts";
import { importAgain } from "./importing.ts";

/** Asks for what files do not state themselves, and imports them again with the answer. */
export function Question({ failures }: { readonly failures: readonly FailureData[] }) {
  const codes = new Set(failures.map(({ code }) => code));
  const [frequency, setFrequency] = useState<number | string>("");
  const [unit, setUnit] = useState<string | null>(null);
  const [variable, setVariable] = useState("");
  if (!["frequency-needed", "unit-needed", "variable-needed"].some((code) => codes.has(code))) return null;
  const again = () =>
    reported(
      importAgain({
        ...(typeof frequency === "number" ? { samplingFrequency: frequency } : {}),
        ...(unit === null ? {} : { unit }),
        ...(variable.trim() === "" ? {} : { variable: variable.trim() }),
      }),
    );
  return (
    <Group gap="xs" align="flex-end" data-testid="import-question">
      <NumberInput
        size="xs"
        w={150}
        label="Sampling frequency, Hz"
        min={1}
        max={100_000}
        value={frequency}
        onChange={setFrequency}
      />
      <Select size="xs" w={90} label="Unit" data={["mV", "uV", "V"]} value={unit} onChange={setUnit} />
      {codes.has("variable-needed") && (
        <TextInput
          size="xs"
          w={110}
          label="Variable"
          value={variable}
          onChange={(event) => setVariable(event.currentTarget.value)}
        />
      )}
      <Button size="xs" variant="light" onClick={again}>
        Try these again
      </Button>
    </Group>
  );
}
