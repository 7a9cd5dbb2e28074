import { useId } from "react";
import type { TokenGridForm } from "../../../generators/generator.ts";
import classes from "./sampling.module.css";

/** Height of a row of tokens, on a picture of 240 across. */
const [width, rowHeight] = [240, 9];
/** Hues of neighbouring codes lie far apart. */
const goldenAngle = 137.508;

/**
 * The tokens of one signal, a grid for each part: time from left to right, the highest band on top. Each code has its colour; what is
 * still open is hatched.
 */
export function TokenGrid({
  tokens,
  forms,
}: {
  /** Of all grids, one after the other, row after row; −1 where one is open. */
  readonly tokens: Int32Array;
  readonly forms: readonly TokenGridForm[];
}) {
  let first = 0;
  return (
    <div className={classes.grids}>
      {forms.map((form) => {
        const own = tokens.subarray(first, first + form.rows * form.columns);
        first += own.length;
        return <Grid key={form.title} tokens={own} form={form} />;
      })}
    </div>
  );
}

function Grid({ tokens, form }: { readonly tokens: Int32Array; readonly form: TokenGridForm }) {
  const hatch = useId();
  const { title, rows, columns } = form;
  const decided = tokens.reduce((sum, token) => sum + (token < 0 ? 0 : 1), 0);
  const label = `${title}: ${decided} of ${tokens.length} tokens decided`;
  return (
    <svg
      viewBox={`0 0 ${width} ${rows * rowHeight}`}
      role="img"
      aria-label={label}
      data-testid="token-grid"
      data-decided={decided}
    >
      <title>{label}</title>
      <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className={classes.hatch} x1="0" y1="0" x2="0" y2="4" />
      </pattern>
      {Array.from(tokens, (token, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place.
          key={index}
          x={((index % columns) * width) / columns}
          y={(rows - 1 - Math.floor(index / columns)) * rowHeight}
          width={width / columns}
          height={rowHeight}
          fill={token < 0 ? `url(#${hatch})` : colourOf(token)}
        >
          <title>{token < 0 ? "open" : `code ${token}`}</title>
        </rect>
      ))}
    </svg>
  );
}

/** A colour for a code; its lightness tells apart what has nearly the same hue. */
const colourOf = (code: number) =>
  `hsl(${((code * goldenAngle) % 360).toFixed(0)} 62% ${[42, 56, 70][code % 3]}%)`;
