import { Button, Group, Kbd, Paper, Progress, SegmentedControl, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { BlindPicture, Confidence } from "../../../../domain/blindTest.ts";
import { generatedForms } from "../../../../domain/generation.ts";
import type { StoredBlindTest } from "../../../../storage/storedCloseness.ts";
import { blindActions } from "../../../state/blindTest.ts";
import { reported } from "../../../state/report.ts";
import classes from "../closeness.module.css";
import { BeatPaper } from "./BeatPaper.tsx";

const confidences = [
  { value: "1", label: "Guessing" },
  { value: "2", label: "Fairly sure" },
  { value: "3", label: "Certain" },
] as const;

/** One picture after the other, to be called real or synthetic. */
export function BlindSitting({
  test,
  pictures,
}: {
  readonly test: StoredBlindTest;
  readonly pictures: readonly BlindPicture[];
}) {
  const { withConfidence, form } = test.specification;
  const [confidence, setConfidence] = useState<Confidence>(2);
  const index = test.judged.length;
  const picture = pictures[index];
  const since = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts anew with every picture.
  useEffect(() => {
    since.current = performance.now();
  }, [index]);
  const answer = (saidReal: boolean) => {
    const milliseconds = Math.round(performance.now() - since.current);
    reported(blindActions.answer(saidReal, withConfidence ? confidence : null, milliseconds));
  };
  const onKey = useRef((_: KeyboardEvent) => {});
  useEffect(() => {
    onKey.current = (event) => {
      const isTyping = event.target instanceof HTMLInputElement && event.target.type !== "radio";
      if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "r" || key === "s") answer(key === "r");
      else if (withConfidence && ["1", "2", "3"].includes(key)) setConfidence(Number(key) as Confidence);
    };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => onKey.current(event);
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
  if (picture === undefined) return null;
  return (
    <Paper withBorder p="md" data-testid="blind-sitting" data-trial={index + 1}>
      <div className={classes.stage}>
        <Group justify="space-between">
          <Title order={2} size="h4">
            Real or synthetic?
          </Title>
          <Text size="sm" c="dimmed" data-testid="blind-position">
            {index + 1} of {pictures.length}
          </Text>
        </Group>
        <Progress size="xs" value={(100 * index) / pictures.length} aria-label="Pictures that are judged" />
        <BeatPaper
          samples={picture.samples}
          samplingFrequency={generatedForms[form].samplingFrequency}
          label={`Picture ${index + 1} of ${pictures.length}: ${form === "beats" ? "a beat" : "ten seconds"} on paper`}
        />
        {withConfidence && (
          <SegmentedControl
            fullWidth
            aria-label="How sure"
            value={String(confidence)}
            data={[...confidences]}
            onChange={(value) => setConfidence(Number(value) as Confidence)}
          />
        )}
        <div className={classes.answers}>
          <Button size="lg" variant="default" rightSection={<Kbd>R</Kbd>} onClick={() => answer(true)}>
            Real
          </Button>
          <Button size="lg" variant="default" rightSection={<Kbd>S</Kbd>} onClick={() => answer(false)}>
            Synthetic
          </Button>
        </div>
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Every answer is kept at once.
            {withConfidence && " Keys 1, 2, 3 say how sure."}
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => blindActions.show(null)}>
            Leave, go on later
          </Button>
        </Group>
      </div>
    </Paper>
  );
}
