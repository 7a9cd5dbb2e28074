import classes from "./generate.module.css";

const [width, height] = [108, 72];
const samples = 216;

/** Beats as small pictures side by side, all on the same scale from −1.45 to 1.45. */
export function BeatGrid({
  beats,
  label,
  kind,
  chosen,
  onChoose,
}: {
  /** `[count, 216]`, scaled to −1 … 1. */
  readonly beats: Float32Array;
  readonly label: string;
  readonly kind: "real" | "generated";
  readonly chosen?: readonly number[];
  readonly onChoose?: (index: number) => void;
}) {
  const count = beats.length / samples;
  const indices = Array.from({ length: count }, (_, index) => index);
  return (
    <section className={classes.beats} aria-label={label} data-kind={kind} data-testid={`beats-${kind}`}>
      {indices.map((index) => {
        const place = chosen?.indexOf(index) ?? -1;
        if (onChoose === undefined) return <BeatPicture key={index} beats={beats} index={index} />;
        return (
          <button
            key={index}
            type="button"
            className={classes.beatButton}
            aria-pressed={place >= 0}
            aria-label={`Generated beat ${index + 1}${place >= 0 ? `, chosen as ${place === 0 ? "A" : "B"}` : ""}`}
            onClick={() => onChoose(index)}
          >
            <BeatPicture beats={beats} index={index} />
            {place >= 0 && <span className={classes.mark}>{place === 0 ? "A" : "B"}</span>}
          </button>
        );
      })}
    </section>
  );
}

function BeatPicture({ beats, index }: { readonly beats: Float32Array; readonly index: number }) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes.beat} aria-hidden="true">
      <path d={pathOf(beats, index)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function pathOf(beats: Float32Array, index: number): string {
  let path = "";
  for (let at = 0; at < samples; at++) {
    const x = ((at * width) / (samples - 1)).toFixed(1);
    const y = (height / 2 - (beats[index * samples + at] * height) / 2.9).toFixed(1);
    path += `${at === 0 ? "M" : "L"}${x} ${y}`;
  }
  return path;
}
