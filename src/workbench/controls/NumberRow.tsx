import { ActionIcon, Group, NumberInput, Slider, Text, Tooltip } from "@mantine/core";
import { IconRotate2 } from "@tabler/icons-react";
import { memo } from "react";
import type { NumberField } from "../../domain/schema.ts";
import classes from "./controls.module.css";
import { ProvenanceMark } from "./ProvenanceMark.tsx";

export interface NumberRowProps {
  readonly name: string;
  readonly field: NumberField;
  readonly value: number;
  /** Spoken name where the label alone is ambiguous: `R wave amplitude`. */
  readonly accessibleName: string;
  onChange(name: string, value: number): void;
  onReset(name: string): void;
}

/** One numeric parameter: its name and unit, a slider, the number itself, and the way back to the default. */
export const NumberRow = memo(function NumberRow(props: NumberRowProps) {
  const { name, field, value, accessibleName, onChange, onReset } = props;
  const changed = value !== field.default;
  const spoken = `${accessibleName}${field.unit === "" ? "" : `, ${field.unit}`}`;
  return (
    <div className={classes.row} data-parameter={name}>
      <Group gap={4} wrap="nowrap" className={classes.label}>
        <Tooltip label={field.description} multiline maw={280} openDelay={400} position="top-start">
          <Text size="sm" lh={1.15}>
            {field.label}
          </Text>
        </Tooltip>
        {field.unit !== "" && (
          <Text size="xs" c="dimmed" className={classes.unit}>
            {field.unit}
          </Text>
        )}
        <ProvenanceMark provenance={field.provenance} />
      </Group>
      <Slider
        className={classes.slider}
        size="sm"
        label={null}
        {...sliderOf(field, value, (next) => onChange(name, next))}
        thumbLabel={spoken}
        thumbProps={{ "aria-valuetext": `${value} ${field.unit}`.trim() }}
      />
      <NumberInput
        className={classes.number}
        size="xs"
        hideControls
        aria-label={`${spoken}, number`}
        min={field.minimum}
        max={field.maximum}
        step={field.step}
        allowDecimal={field.integer !== true}
        clampBehavior="blur"
        value={Number(value.toPrecision(6))}
        onChange={(next) => {
          if (typeof next === "number" && next >= field.minimum && next <= field.maximum)
            onChange(name, next);
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Reset ${accessibleName}`}
        disabled={!changed}
        className={classes.reset}
        onClick={() => onReset(name)}
      >
        <IconRotate2 size={14} />
      </ActionIcon>
    </div>
  );
});

/** Steps of 0.001 leave 0.30000000000000004 behind; a link should not carry it. */
function tidy(value: number, field: NumberField): number {
  const decimals = Math.max(0, Math.ceil(-Math.log10(field.step)) + 2);
  return Number(value.toFixed(Math.min(decimals, 12)));
}

/** A slider's own numbers: those of the parameter, or their logarithms where a search takes them so. */
function sliderOf(field: NumberField, value: number, onChange: (next: number) => void) {
  if (field.search?.scale !== "logarithmic") {
    const { minimum: min, maximum: max, step } = field;
    return { min, max, step, value, onChange: (next: number) => onChange(tidy(next, field)) };
  }
  return {
    min: Math.log10(field.minimum),
    max: Math.log10(field.maximum),
    step: 0.01,
    value: Math.log10(value),
    onChange: (next: number) =>
      onChange(Math.min(field.maximum, Math.max(field.minimum, Number((10 ** next).toPrecision(2))))),
  };
}
