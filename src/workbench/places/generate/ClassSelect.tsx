import { Select } from "@mantine/core";

const inTurn = "all";

/** Which of a generator's classes is meant; nothing where there is only one. */
export function ClassSelect({
  names,
  value,
  label,
  offersAll = false,
  onChange,
}: {
  readonly names: readonly string[];
  /** Position among the names; null for all in turn. */
  readonly value: number | null;
  /** Above it; a label for screen readers alone where not given. */
  readonly label?: string;
  readonly offersAll?: boolean;
  onChange(value: number | null): void;
}) {
  if (names.length === 1) return null;
  return (
    <Select
      size="xs"
      w={offersAll ? 150 : 110}
      {...(label === undefined ? { "aria-label": "Class" } : { label })}
      allowDeselect={false}
      value={value === null ? inTurn : String(value)}
      data={[
        ...(offersAll ? [{ value: inTurn, label: "All in turn" }] : []),
        ...names.map((name, position) => ({ value: String(position), label: name })),
      ]}
      onChange={(next) => onChange(next === null || next === inTurn ? null : Number(next))}
    />
  );
}
