import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Radio,
  Stack,
  Text,
} from "@mantine/core";
import { useState } from "react";
import type { SurveyAnswer } from "../../../../services/importing.ts";
import { formatBytes } from "../../../format.ts";
import { reported } from "../../../state/report.ts";
import { cancelImport, runImport } from "./importing.ts";

/** The twelve leads in the order of print. */
const leads = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

/** What a record takes once it is stored, as a multiple of its files: they themselves, beats and analysis. */
const storedPerByte = 1.8;

/** Before a large import: what there is, how much room it takes, and what to keep of it. */
export function ImportDialog({ title, answer }: { readonly title: string; readonly answer: SurveyAnswer }) {
  const { survey, room, failures } = answer;
  const { ptbXl } = survey;
  const hasBothRates = ptbXl !== null && ptbXl.at100 > 0 && ptbXl.at500 > 0;
  const [rate, setRate] = useState<"100" | "500" | "both">("100");
  const [keptLeads, setKeptLeads] = useState<string[]>([]);
  const [labels, setLabels] = useState<string[]>([]);
  const [most, setMost] = useState<number | string>("");
  const needed = estimate(survey.bytes, ptbXl, rate, keptLeads.length);
  const isTight = room !== null && needed > room.available;
  const start = () =>
    reported(
      runImport({
        leads: keptLeads.length === 0 ? null : keptLeads,
        ptbXlRate: hasBothRates && rate !== "both" ? (Number(rate) as 100 | 500) : null,
        labels: labels.length === 0 ? null : labels,
        mostOfEach: typeof most === "number" ? most : null,
        assumed: {},
      }),
    );
  return (
    <Modal opened onClose={() => reported(cancelImport())} title={`Import ${title}`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          {survey.records.toLocaleString("en")} records, {formatBytes(survey.bytes)}. They stay in this
          browser.
          {ptbXl !== null &&
            ptbXl.described === 0 &&
            " ptbxl_database.csv is not among the files: these records will have no labels until you import it, too."}
        </Text>
        {failures.map(({ place, message }) => (
          <Alert key={place} color="red" p="xs">
            {place}: {message}
          </Alert>
        ))}
        {hasBothRates && (
          <Radio.Group
            label="Sampling frequency"
            value={rate}
            onChange={(value) => setRate(value as typeof rate)}
          >
            <Group gap="md" mt={4}>
              <Radio value="100" label={`100 Hz (${ptbXl.at100.toLocaleString("en")})`} />
              <Radio value="500" label={`500 Hz (${ptbXl.at500.toLocaleString("en")})`} />
              <Radio value="both" label="Both" />
            </Group>
          </Radio.Group>
        )}
        <Checkbox.Group
          label="Leads to keep"
          description="None ticked: all of them. Fewer leads take less room."
          value={keptLeads}
          onChange={setKeptLeads}
        >
          <Group gap="xs" mt={6}>
            {leads.map((lead) => (
              <Checkbox key={lead} size="xs" value={lead} label={lead} />
            ))}
          </Group>
        </Checkbox.Group>
        {survey.labels.length > 0 && (
          <MultiSelect
            label="Only records with any of these labels"
            placeholder="All labels"
            searchable
            clearable
            value={labels}
            data={survey.labels.map(({ label, count }) => ({ value: label, label: `${label} (${count})` }))}
            onChange={setLabels}
          />
        )}
        <NumberInput
          label="At most so many records of each label"
          placeholder="All"
          min={1}
          allowDecimal={false}
          value={most}
          onChange={setMost}
        />
        <Text size="sm" c={isTight ? "red" : "dimmed"} data-testid="import-room">
          About {formatBytes(needed)} at most
          {room === null ? "." : ` of ${formatBytes(room.available)} that the browser offers.`}
          {isTight && " Keep fewer leads, labels or records, or it will stop when the room is used up."}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => reported(cancelImport())}>
            Cancel
          </Button>
          <Button onClick={start}>Import</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Bytes that the import may take, at most: labels and numbers of records are not counted on. */
function estimate(
  bytes: number,
  ptbXl: SurveyAnswer["survey"]["ptbXl"],
  rate: "100" | "500" | "both",
  leadCount: number,
): number {
  let part = 1;
  if (ptbXl !== null && ptbXl.at100 > 0 && ptbXl.at500 > 0 && rate !== "both") {
    const whole = ptbXl.at100 + 5 * ptbXl.at500;
    part = (rate === "100" ? ptbXl.at100 : 5 * ptbXl.at500) / whole;
  }
  const ofLeads = leadCount === 0 ? 1 : Math.min(1, leadCount / leads.length);
  return bytes * part * ofLeads * storedPerByte;
}
