import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useField } from "./useDraft.ts";

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Some of a list of names. */
export function ChoicesField({
  name,
  options,
  ...text
}: FieldProps & { readonly options: readonly Option[] }) {
  const [value, change] = useField<readonly string[]>(name);
  return (
    <MultiSelect
      {...text}
      value={[...value]}
      data={[...options]}
      error={value.length === 0 ? "Choose at least one" : null}
      onChange={(next) => change(options.map((option) => option.value).filter((each) => next.includes(each)))}
    />
  );
}

/** One of a list of names. */
export function ChoiceField({
  name,
  options,
  usual,
  ...text
}: FieldProps & {
  readonly options: readonly Option[];
  /** Where the draft says nothing. */
  readonly usual?: string;
}) {
  const [value = usual, change] = useField<string | undefined>(name);
  return (
    <Select
      {...text}
      allowDeselect={false}
      value={value ?? null}
      data={[...options]}
      onChange={(next) => next !== null && change(next)}
    />
  );
}

/** A list of numbers, as written: `0, 0.5, 1`. */
export function NumbersField({
  name,
  isAllowed,
  remedy,
  ...text
}: FieldProps & { readonly isAllowed: (value: number) => boolean; readonly remedy: string }) {
  const [value, change] = useField<readonly number[]>(name);
  const [written, write] = useState<string | null>(null);
  const parsed = written === null ? value : numbersOf(written, isAllowed);
  return (
    <TextInput
      {...text}
      value={written ?? value.join(", ")}
      error={parsed === null ? remedy : null}
      onChange={(event) => {
        write(event.currentTarget.value);
        const next = numbersOf(event.currentTarget.value, isAllowed);
        if (next !== null) change(next);
      }}
      onBlur={() => write(null)}
    />
  );
}

/** Numbers of a text, each once; null where it holds something else. */
export function numbersOf(text: string, isAllowed: (value: number) => boolean): number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== "");
  const values = [...new Set(parts.map(Number))];
  return values.length > 0 && values.every((value) => Number.isFinite(value) && isAllowed(value))
    ? values
    : null;
}

/** How often everything is done: seeds from 1 on. */
export function RunsField({ description }: { readonly description: string }) {
  const [seeds, change] = useField<readonly number[]>("seeds");
  return (
    <NumberInput
      label="Runs of each"
      description={description}
      min={1}
      max={50}
      allowDecimal={false}
      value={seeds.length}
      onChange={(value) =>
        change(Array.from({ length: Math.max(1, Math.round(Number(value) || 1)) }, (_, index) => index + 1))
      }
    />
  );
}

/** A whole number. */
export function CountField({
  name,
  least,
  most,
  ...text
}: FieldProps & { readonly least: number; readonly most: number }) {
  const [value, change] = useField<number>(name);
  return (
    <NumberInput
      {...text}
      min={least}
      max={most}
      allowDecimal={false}
      value={value}
      onChange={(next) => change(Math.min(most, Math.max(least, Math.round(Number(next) || least))))}
    />
  );
}

/** Yes or no. */
export function FlagField({ name, ...text }: FieldProps) {
  const [value = false, change] = useField<boolean | undefined>(name);
  return (
    <Checkbox size="xs" {...text} checked={value} onChange={(event) => change(event.currentTarget.checked)} />
  );
}

/** How many real signals of a class take part at most. */
export function MostSignalsField() {
  return (
    <CountField name="mostSignals" label="Real of a class" description="At most" least={4} most={100_000} />
  );
}
