import { Button, Group, Modal, Slider, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { cssPixelsPerMillimetre } from "./geometry.ts";
import classes from "./paper.module.css";

/** A bank card, ISO/IEC 7810 ID-1, mm. */
const card = { width: 85.6, height: 53.98 } as const;

/** Fits an outline to a bank card held against the screen: that fixes real millimetres on it. */
export function Calibration(props: {
  readonly opened: boolean;
  readonly pixelsPerMillimetre: number;
  onClose(): void;
  onDone(pixelsPerMillimetre: number): void;
}) {
  const [value, setValue] = useState(props.pixelsPerMillimetre);
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Real millimetres on this screen" size="auto">
      <Stack gap="sm" maw={640}>
        <Text size="sm">
          Hold a bank card flat against the outline and move the slider until both are equally wide. From then
          on one second on the paper is 25 real millimetres on this screen.
        </Text>
        <div className={classes.card} style={{ width: card.width * value, height: card.height * value }} />
        <Slider
          label={null}
          min={2}
          max={8}
          step={0.005}
          value={value}
          onChange={setValue}
          thumbLabel="Width of the card on this screen"
          thumbProps={{ "aria-valuetext": `${(card.width * value).toFixed(0)} pixels` }}
        />
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => setValue(cssPixelsPerMillimetre)}>
            Browser's own millimetres
          </Button>
          <Button onClick={() => props.onDone(value)}>Use this size</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
