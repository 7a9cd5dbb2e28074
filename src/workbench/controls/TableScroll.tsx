import type { ReactNode } from "react";
import classes from "./tableScroll.module.css";

/** A table that may be wider than its place: the pointer scrolls it, and the arrow keys when it is focused. */
export function TableScroll({
  label,
  hidden = false,
  children,
}: {
  /** Names the region. */
  readonly label: string;
  readonly hidden?: boolean;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0} hidden={hidden}>
      {children}
    </section>
  );
}
