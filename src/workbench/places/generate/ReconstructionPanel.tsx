import { Paper, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { generatedForms } from "../../../domain/generation.ts";
import type { StoredGeneration } from "../../../storage/database.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";
import { SignalPictures } from "./SignalPictures.tsx";

const shown = 4;

/** Real signals, and what is left of them on the way through their tokens and back: what the first stage has learned. */
export function ReconstructionPanel({ found }: { readonly found: StoredGeneration }) {
  const [back, setBack] = useState<Float32Array | null>(null);
  const { specification, progress } = found;
  const { length } = generatedForms[specification.form];
  const rows = evenRows(progress.real.length / length);
  const real = new Float32Array(rows.length * length);
  rows.forEach((row, at) => {
    real.set(progress.real.subarray(row * length, (row + 1) * length), at * length);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state of the training.
  useEffect(() => {
    let isOurs = true;
    const decoded = workers.training.reconstructedSignals(found.id, real.slice());
    reported(
      decoded.then((signals) => {
        if (isOurs) setBack(signals);
      }),
    );
    return () => {
      isOurs = false;
    };
  }, []);
  const titles = rows.map((row) => specification.classes[progress.realLabels[row]]);
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="Through tokens and back"
      data-testid="reconstruction"
    >
      <Title order={2} size="h5" mb="xs">
        Through tokens and back
      </Title>
      {back !== null && (
        <SignalPictures
          signals={back}
          beneath={real}
          count={rows.length}
          titles={titles}
          label="Real signals, and what their tokens keep of them"
        />
      )}
      <Text size="xs" c="dimmed" mt={4}>
        Grey: real. Red: decoded from its tokens. What is lost here no prior can bring back.
      </Text>
    </Paper>
  );
}

/** Rows at even distances. */
const evenRows = (count: number): number[] =>
  Array.from({ length: Math.min(shown, count) }, (_, row) =>
    Math.floor((row * count) / Math.min(shown, count)),
  );
