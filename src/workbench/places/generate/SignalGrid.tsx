import { Text } from "@mantine/core";
import { type GeneratedForm, generatedForms } from "../../../domain/generation.ts";
import { classWords } from "./classWords.ts";
import classes from "./generate.module.css";

/** Units of a picture of each form: a recording is as wide as four beats. */
const pictures = {
  beats: { width: 108, height: 72, word: "beat" },
  recordings: { width: 440, height: 72, word: "recording" },
} as const satisfies Readonly<Record<GeneratedForm, object>>;

interface GridProps {
  /** `[any, length]`, scaled to −1 … 1. */
  readonly signals: Float32Array;
  readonly form: GeneratedForm;
  readonly label: string;
  readonly kind: "real" | "generated";
}

/** Signals as small pictures side by side, all on the same scale from −1.45 to 1.45. */
export function SignalGrid({
  signals,
  form,
  label,
  kind,
  rows,
  chosen,
  onChoose,
}: GridProps & {
  /** Those that are drawn; all where not given. */
  readonly rows?: readonly number[];
  readonly chosen?: readonly number[];
  readonly onChoose?: (index: number) => void;
}) {
  const drawn = rows ?? Array.from({ length: signals.length / generatedForms[form].length }, (_, row) => row);
  return (
    <section
      className={classes.signals}
      aria-label={label}
      data-kind={kind}
      data-form={form}
      data-testid={`beats-${kind}`}
    >
      {drawn.map((index) => {
        const place = chosen?.indexOf(index) ?? -1;
        const picture = <SignalPicture key={index} signals={signals} index={index} form={form} />;
        if (onChoose === undefined) return picture;
        return (
          <button
            key={index}
            type="button"
            className={classes.signalButton}
            aria-pressed={place >= 0}
            aria-label={`Generated ${pictures[form].word} ${index + 1}${place >= 0 ? `, chosen as ${place === 0 ? "A" : "B"}` : ""}`}
            onClick={() => onChoose(index)}
          >
            {picture}
            {place >= 0 && <span className={classes.mark}>{place === 0 ? "A" : "B"}</span>}
          </button>
        );
      })}
    </section>
  );
}

/** Signals class by class, each under its name where there are several. */
export function ClassedGrid({
  labels,
  names,
  ...shown
}: GridProps & {
  /** Position of each row's class among the names. */
  readonly labels: Uint8Array;
  readonly names: readonly string[];
}) {
  if (names.length === 1) return <SignalGrid {...shown} />;
  return (
    <div className={classes.classBlocks} data-form={shown.form}>
      {names.map((name, label) => (
        <figure key={name} className={classes.classBlock} data-testid={`class-${name}`}>
          <Text size="xs" c="dimmed" component="figcaption">
            <strong>{name}</strong> {classWords(shown.form, name)}
          </Text>
          <SignalGrid
            {...shown}
            label={`${shown.label}, class ${name}`}
            rows={Array.from(labels.keys()).filter((row) => labels[row] === label)}
          />
        </figure>
      ))}
    </div>
  );
}

function SignalPicture({
  signals,
  index,
  form,
}: {
  readonly signals: Float32Array;
  readonly index: number;
  readonly form: GeneratedForm;
}) {
  const { width, height } = pictures[form];
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes.signal} aria-hidden="true">
      <path d={pathOf(signals, index, form)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function pathOf(signals: Float32Array, index: number, form: GeneratedForm): string {
  const { width, height } = pictures[form];
  const { length } = generatedForms[form];
  let path = "";
  for (let at = 0; at < length; at++) {
    const x = ((at * width) / (length - 1)).toFixed(1);
    const y = (height / 2 - (signals[index * length + at] * height) / 2.9).toFixed(1);
    path += `${at === 0 ? "M" : "L"}${x} ${y}`;
  }
  return path;
}
