import { Alert, Chip, Group, Text } from "@mantine/core";
import type { GeneratedForm } from "../../../domain/generation.ts";
import type { GeneratorDescription } from "../../../generators/generator.ts";
import type { ClassCount } from "../../../services/training/signalSources.ts";
import { formatCount } from "../../format.ts";
import { classWords } from "./classWords.ts";

/** Labels that are offered at most: databases know dozens, most of which a handful of recordings bears. */
const mostOffered = 12;
/** Signals of a class below which a network learns them by heart. */
const few = 50;

/** Which class is to be generated, or which several where the generator can. */
export function ClassChoice({
  model,
  form,
  counts,
  isCounting,
  chosen,
  onChange,
}: {
  readonly model: GeneratorDescription;
  readonly form: GeneratedForm;
  /** Null while they are not known. */
  readonly counts: readonly ClassCount[] | null;
  readonly isCounting: boolean;
  readonly chosen: readonly string[];
  onChange(classes: readonly string[]): void;
}) {
  const offered = (counts ?? chosen.map((name) => ({ name, count: null }))).slice(0, mostOffered);
  const countOf = (name: string) => counts?.find((each) => each.name === name)?.count ?? 0;
  const fewest = counts === null ? null : Math.min(...chosen.map(countOf));
  const chips = offered.map(({ name, count }) => (
    <Chip key={name} value={name} size="xs" radius="sm" disabled={count !== null && count < 2}>
      {name}
      {count !== null && ` · ${formatCount(count)}`}
    </Chip>
  ));
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id="signal-class">
        {model.isConditional ? `Classes of ${form}, one or several` : `Class of ${form}`}
      </Text>
      <Group gap={6} role="group" aria-labelledby="signal-class" mih={28}>
        {model.isConditional ? (
          <Chip.Group
            multiple
            value={[...chosen]}
            // The last one stays: something has to be generated.
            onChange={(values) => values.length > 0 && onChange(inOrder(values, offered))}
          >
            {chips}
          </Chip.Group>
        ) : (
          <Chip.Group value={chosen[0]} onChange={(value) => onChange([String(value)])}>
            {chips}
          </Chip.Group>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={4} data-testid="beat-count">
        {chosen.map((name) => classWords(form, name) || name).join(", ")}
        {isCounting && "; counting …"}
        {counts !== null &&
          `; ${formatCount(chosen.reduce((sum, name) => sum + countOf(name), 0))} ${form} found`}
      </Text>
      {chosen.length > 1 && model.classNote !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {model.classNote}
        </Text>
      )}
      {fewest !== null && fewest < few && (
        <Alert color="yellow" p="xs" mt={6}>
          <Text size="xs">
            {fewest < 2 ? "Nothing to learn from." : `So few ${form} are learned by heart.`}{" "}
            {form === "beats"
              ? "Only annotated beats have a class."
              : "A long record counts where its rhythms are annotated."}
          </Text>
        </Alert>
      )}
    </div>
  );
}

/** Chosen classes in the order in which they are offered, so that the same choice is the same training. */
const inOrder = (values: readonly string[], offered: readonly { readonly name: string }[]) =>
  offered.map(({ name }) => name).filter((name) => values.includes(name));
