import { Alert, Text } from "@mantine/core";
import type { ClosenessParts } from "../../../domain/closeness.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { readingWords } from "./readingWords.ts";

/** Said before all numbers where no patient is left that the generator has not learned from. */
export const LearnedAlert = () => (
  <Alert
    color="orange"
    p="sm"
    my="sm"
    title="It has learned from all of these patients"
    data-testid="learned-from-all"
  >
    <Text size="sm">
      That it is near to them says nothing of others: the numbers stand without verdicts, and what only unseen
      patients can tell is left out. Choose a real set with records that it has not learned from, or train the
      generator on the training side of a cohort with a split and compare it with the whole cohort.
    </Text>
  </Alert>
);

/** What the numbers say together, in plain words. */
export function ClosenessReading({
  parts,
  measures,
}: {
  readonly parts: ClosenessParts;
  readonly measures: ClosenessDescription["measures"];
}) {
  const { isAlarming, words } = readingWords(parts, measures);
  if (words === "") return null;
  return (
    <Alert color={isAlarming ? "red" : "gray"} p="sm" my="sm" data-testid="reading">
      <Text size="sm">{words}</Text>
    </Alert>
  );
}
