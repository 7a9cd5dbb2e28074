import { SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { GeneratedForm } from "../../../domain/generation.ts";
import { meaningOf } from "../../../domain/labels.ts";
import { formatCount } from "../../format.ts";
import { realSourceOf } from "../../state/syntheticChoice.ts";
import { useAnswer } from "../../useAnswer.ts";
import { workers } from "../../workers.ts";

const beatWords: Readonly<Record<string, string>> = {
  N: "normal",
  S: "supraventricular ectopic",
  V: "ventricular ectopic",
  F: "fusion",
};

/** What is compared where a set has all classes. */
const usual: Readonly<Record<GeneratedForm, readonly string[]>> = {
  beats: ["N"],
  recordings: ["NORM", "SR"],
};

interface Kind {
  readonly form: GeneratedForm;
  readonly rowClass: string;
}

/** Whether beats or recordings, and which class of them, with how many real ones there are. */
export function ClassControl({
  real,
  value,
  made,
  isBusy,
  onChange,
}: {
  readonly real: string;
  readonly value: Kind;
  /** What the synthetic set can be; null where that is not known. */
  readonly made: {
    readonly form: GeneratedForm | null;
    readonly classes: readonly string[] | null;
    readonly likest: Readonly<Record<GeneratedForm, readonly string[]>>;
  };
  readonly isBusy: boolean;
  onChange(value: Kind): void;
}) {
  const { form, rowClass } = value;
  const counts = useAnswer(
    isBusy ? null : `${real} ${form}`,
    async () => workers.training.countSource(await realSourceOf(real), form),
    true,
  );
  const known = (counts ?? []).filter(
    ({ count, name }) => count > 0 || form === "beats" || name === rowClass,
  );
  const offered = known.filter(({ name }) => made.classes === null || made.classes.includes(name));
  const count = counts?.find(({ name }) => name === rowClass)?.count ?? null;
  const offeredOf = (names: readonly string[]) =>
    names.find((like) => offered.some(({ name }) => name === like));
  const likest = offeredOf(made.likest[form]);
  const first = likest ?? offeredOf(usual[form]) ?? offered[0]?.name ?? null;
  const isOffered = offered.some(({ name }) => name === rowClass);
  // Another synthetic set is first compared with the class that it imitates.
  const imitated = useRef(likest);
  useEffect(() => {
    if (imitated.current === likest) return;
    imitated.current = likest;
    if (likest !== undefined) onChange({ form, rowClass: likest });
  }, [likest, form, onChange]);
  useEffect(() => {
    if (made.form !== null && made.form !== form) onChange({ form: made.form, rowClass });
    else if (!isOffered && first !== null) onChange({ form, rowClass: first });
  }, [made.form, form, rowClass, isOffered, first, onChange]);
  return (
    <Stack gap={6}>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label="Beats or recordings"
        value={form}
        data={[
          { value: "beats", label: "Beats", disabled: made.form === "recordings" },
          { value: "recordings", label: "Ten seconds", disabled: made.form === "beats" },
        ]}
        onChange={(next) => onChange({ form: next as GeneratedForm, rowClass })}
      />
      <Select
        label={form === "beats" ? "Class of beats" : "Label of the recordings"}
        allowDeselect={false}
        searchable
        value={isOffered ? rowClass : null}
        data={offered.map(({ name }) => ({
          value: name,
          label: form === "beats" ? `${name}, ${beatWords[name] ?? name}` : labelled(name),
        }))}
        onChange={(next) => next !== null && onChange({ form, rowClass: next })}
      />
      <Text size="xs" c="dimmed" data-testid="real-count">
        {count !== null ? `${formatCount(count)} real ${form} found` : isBusy ? "" : "Counting …"}
      </Text>
    </Stack>
  );
}

const labelled = (name: string) => (meaningOf(name) === name ? name : `${name}, ${meaningOf(name)}`);
