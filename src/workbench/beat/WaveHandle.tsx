import type { CSSProperties, KeyboardEvent } from "react";
import type { SeriesColour } from "../plots/theme.ts";
import classes from "./beat.module.css";

interface WaveHandleProps {
  readonly name: string;
  readonly letter: string;
  readonly movable: boolean;
  readonly widenable: boolean;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly colour: SeriesColour;
  readonly active: boolean;
  readonly onKeyDown: (event: KeyboardEvent<SVGElement>, name: string) => void;
  readonly onKeysDone: () => void;
  readonly onActive: (name: string | null) => void;
}

/** Radius (CSS pixels) within which a handle takes a pointer. */
const targetRadius = 15;

/** Letter, peak handle and the two flank handles of one wave; `paint` moves the parts by their data attributes. */
export function WaveHandle(props: WaveHandleProps) {
  const { name, letter, movable, widenable, colour } = props;
  const style = { "--stroke": colour.stroke, "--text": colour.text } as CSSProperties;
  const peak = (
    <g data-wave={name} data-part="peak">
      {(movable || widenable) && (
        <>
          <circle className={classes.ring} r={11} />
          <circle className={movable ? classes.grabTarget : classes.plainTarget} r={targetRadius} />
          <circle className={classes.dot} r={5} />
        </>
      )}
      <text className={classes.letter} textAnchor="middle" data-wave={name} data-part="letter">
        {letter}
      </text>
    </g>
  );
  if (!movable && !widenable) return <g style={style}>{peak}</g>;
  return (
    <g style={style} data-active={props.active ? "" : undefined} className={classes.wave}>
      {widenable &&
        (["left", "right"] as const).map((side) => (
          <g key={side} className={classes.flank} data-wave={name} data-part={side}>
            <circle className={classes.widthTarget} r={targetRadius} />
            <rect className={classes.bar} x={-3} y={-8} width={6} height={16} rx={3} />
          </g>
        ))}
      <g
        role="slider"
        tabIndex={0}
        className={classes.slider}
        aria-label={name === "delta" ? "Delta wave" : `${name} wave`}
        aria-valuenow={props.value}
        aria-valuemin={props.minimum}
        aria-valuemax={props.maximum}
        data-wave={name}
        data-part="slider"
        onKeyDown={(event) => props.onKeyDown(event, name)}
        onKeyUp={props.onKeysDone}
        onFocus={() => props.onActive(name)}
        onBlur={() => {
          props.onKeysDone();
          props.onActive(null);
        }}
      >
        {peak}
      </g>
    </g>
  );
}
