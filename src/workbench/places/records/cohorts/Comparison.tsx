import { Alert, Text } from "@mantine/core";
import type { Cohort } from "../../../../domain/cohort.ts";
import { formatCount } from "../../../format.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";

/** What two cohorts share: what is trained on in one must not be tested in the other. */
export function Comparison({ one, other }: { readonly one: Cohort; readonly other: Cohort }) {
  const overlap = useAnswer(`${one.id} ${other.id}`, () => workers.records.compareCohorts(one.id, other.id));
  if (overlap === null) return null;
  const { records, patients, crossing } = overlap;
  return (
    <Alert
      color={crossing > 0 ? "orange" : "teal"}
      title={`${one.name} and ${other.name}`}
      data-testid="cohort-comparison"
    >
      <Text size="sm">
        They share {formatCount(records)} records and {formatCount(patients)} patients.{" "}
        {crossing > 0
          ? `${formatCount(crossing)} patients are trained on in one and tested in the other: a model that has seen one cohort must not be judged on the other.`
          : "No patient is trained on in one and tested in the other."}
      </Text>
    </Alert>
  );
}
