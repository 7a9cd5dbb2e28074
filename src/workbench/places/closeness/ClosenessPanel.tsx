import { Paper, Stack, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { memo, useDeferredValue } from "react";
import { useStore } from "zustand";
import {
  type ClosenessParts,
  type HeldOutAccuracy,
  type SyntheticSource,
  shownParts,
} from "../../../domain/closeness.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { findCloseness } from "../../../storage/closeness.ts";
import { formatCount } from "../../format.ts";
import { closeness } from "../../state/closeness.ts";
import { ClassifierPanel } from "./ClassifierPanel.tsx";
import { ClosenessFigures } from "./ClosenessFigures.tsx";
import { ClosenessHead } from "./ClosenessHead.tsx";
import { ClosenessReading, LearnedAlert } from "./ClosenessReading.tsx";
import { ComparePanel } from "./ComparePanel.tsx";
import { MeasureTable } from "./MeasureTable.tsx";
import { formatNumber, formatShare, intervalWords } from "./numbers.ts";
import { PrivacyPanel } from "./PrivacyPanel.tsx";
import { originOf } from "./privacyWords.ts";
import { TraitTable } from "./TraitTable.tsx";

const aspects = [
  {
    aspect: "whole",
    title: "Whole distributions",
    says: "Do the two sets lie in the same place, with the same spread?",
  },
  { aspect: "trait", title: "Single traits", says: "One property of all rows at a time." },
  {
    aspect: "row",
    title: "Row by row",
    says: "How well the most similar real row explains each synthetic one. Copies of one row score perfectly: read it with coverage.",
  },
] as const;

/** The comparison on the page: how far it is, and what it found. */
export function ClosenessPanel({ description }: { readonly description: ClosenessDescription }) {
  const shown = useStore(closeness, (state) => state.shown);
  const beside = useStore(closeness, (state) => state.beside);
  const isRunning = useStore(closeness, ({ running }) => running !== null && running === shown);
  const found = useLiveQuery(async () => (shown === null ? null : findCloseness(shown)), [shown]) ?? null;
  // Long tables and many figures are rendered in slices, so that the page keeps answering meanwhile.
  const parts = useDeferredValue(found?.parts ?? null, null);
  if (found === null) return <Welcome />;
  return (
    <Stack gap="md" data-testid="closeness" data-state={isRunning ? "running" : found.state}>
      <Paper withBorder p="md">
        <ClosenessHead found={found} isRunning={isRunning} description={description} />
        {parts !== null && (
          <Results parts={parts} synthetic={found.specification.synthetic} description={description} />
        )}
      </Paper>
      {parts?.pictures !== undefined && parts.sets !== undefined && (
        <ClosenessFigures
          pictures={parts.pictures}
          sets={parts.sets}
          traits={parts.traits ?? noTraits}
          description={description}
        />
      )}
      {beside !== null && beside !== found.id && (
        <ComparePanel found={found} otherId={beside} description={description} />
      )}
    </Stack>
  );
}

function Welcome() {
  return (
    <Paper withBorder p="lg" data-testid="closeness-welcome">
      <Title order={2} size="h4" mb="xs">
        How near is near?
      </Title>
      <Text size="sm" maw={700}>
        A distance by itself says nothing. Here every number stands between two anchors: what the beats of{" "}
        <em>other real patients</em> would score, and what <em>noise with the same spectrum</em> scores.
        Choose a synthetic set and a real one and press <em>Measure</em>; then look at the maps, the mean
        beats and the nearest pairs, and read whether the generator repeats what it learned from. Or judge{" "}
        <em>by eye</em>: can you tell real from synthetic?
      </Text>
    </Paper>
  );
}

/** A network that cannot tell real classes of others sees little that matters. */
const accuracyWords = (found: HeldOutAccuracy | undefined) =>
  found === undefined
    ? ""
    : ` Of ${formatCount(found.rows)} real rows of held-out patients it gets ${formatShare(found.accuracy)} right (macro F1 ${formatNumber(found.macroF1)}); always the same answer would get ${formatShare(found.commonest)}.`;

const noTraits: NonNullable<ClosenessParts["traits"]> = [];

const Results = memo(function Results({
  parts,
  synthetic,
  description,
}: {
  readonly parts: ClosenessParts;
  readonly synthetic: SyntheticSource;
  readonly description: ClosenessDescription;
}) {
  const { sets, measures, traits, privacy, features } = parts;
  if (sets === undefined) return null;
  const { isUnseen } = sets;
  return (
    <>
      {!isUnseen && <LearnedAlert />}
      {measures !== undefined && <ClosenessReading parts={parts} measures={description.measures} />}
      {measures !== undefined && (
        <Text size="xs" c="dimmed" data-testid="interval-words">
          {intervalWords(measures)}
        </Text>
      )}
      {measures !== undefined &&
        aspects.map(({ aspect, title, says }) => (
          <MeasureTable
            key={aspect}
            title={title}
            says={says}
            entries={measures.filter(({ key }) => description.measures[key]?.aspect === aspect)}
            measures={description.measures}
            unit={sets.unit}
            isUnseen={isUnseen}
          />
        ))}
      {traits !== undefined && traits.length > 0 && (
        <TraitTable entries={traits} description={description.traits} unit={sets.unit} isUnseen={isUnseen} />
      )}
      {privacy !== undefined && (
        <PrivacyPanel
          found={privacy}
          description={description.privacy}
          unit={sets.unit}
          origin={originOf(sets, synthetic)}
        />
      )}
      {features?.value && (
        <MeasureTable
          title="Seen by a fixed classifier"
          says={`The same questions, asked of the ${features.value.width} features in the last hidden layer of a residual network that tells ${features.value.classes.join(", ")} apart, trained on the training patients and then fixed.${accuracyWords(features.value.heldOut)}`}
          entries={features.value.entries}
          measures={description.features}
          unit={sets.unit}
          isUnseen={isUnseen}
        />
      )}
      {features?.reason && (
        <Text size="xs" c="dimmed">
          Features of a classifier: {features.reason}
        </Text>
      )}
      <ClassifierPanel parts={shownParts(parts)} />
    </>
  );
});
