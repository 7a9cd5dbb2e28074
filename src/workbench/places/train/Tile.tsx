import classes from "./train.module.css";

/** A number with its name beneath. */
export function Tile({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div className={classes.tile}>
      <strong>{value}</strong>
      <span>{name}</span>
    </div>
  );
}
