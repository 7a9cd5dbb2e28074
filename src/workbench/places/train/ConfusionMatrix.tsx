import type { Agreement } from "../../../evaluation/metrics/classification.ts";
import { formatCount } from "../../format.ts";
import classes from "./train.module.css";

/** A cell of the matrix: what a recording is, and what was decided. */
export interface MatrixCell {
  readonly isPositive: boolean;
  readonly isDecided: boolean;
}

/** Decisions against labels; each cell is a button that chooses its recordings. */
export function ConfusionMatrix({
  agreement,
  title,
  chosen,
  onChoose,
}: {
  readonly agreement: Agreement;
  readonly title: string;
  readonly chosen: MatrixCell | null;
  onChoose(cell: MatrixCell | null): void;
}) {
  const cell = (isPositive: boolean, isDecided: boolean, count: number, name: string) => {
    const pressed = chosen?.isPositive === isPositive && chosen.isDecided === isDecided;
    const isRight = isPositive === isDecided;
    return (
      <button
        type="button"
        className={classes.matrixCell}
        data-right={isRight || undefined}
        data-wrong={!isRight || undefined}
        aria-pressed={pressed}
        onClick={() => onChoose(pressed ? null : { isPositive, isDecided })}
      >
        <strong>{formatCount(count)}</strong>
        <span>{name}</span>
      </button>
    );
  };
  return (
    <fieldset className={classes.matrix} style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="visuallyHidden">Confusion matrix</legend>
      <span />
      <span className={classes.matrixHead}>decided: {title.toLowerCase()}</span>
      <span className={classes.matrixHead}>decided: normal</span>
      <span className={classes.matrixSide}>has it</span>
      {cell(true, true, agreement.truePositives, "true positives")}
      {cell(true, false, agreement.falseNegatives, "missed")}
      <span className={classes.matrixSide}>is normal</span>
      {cell(false, true, agreement.falsePositives, "false alarms")}
      {cell(false, false, agreement.trueNegatives, "true negatives")}
    </fieldset>
  );
}
