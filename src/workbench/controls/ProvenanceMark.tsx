import { Tooltip } from "@mantine/core";
import type { Provenance } from "../../domain/schema.ts";
import classes from "./controls.module.css";

const marks: Partial<Record<Provenance, { readonly letter: string; readonly words: string }>> = {
  literature: {
    letter: "§",
    words: "Not in the paper: the number is taken from the literature.",
  },
  reconstruction: {
    letter: "≈",
    words: "Our reconstruction: the paper does not specify this.",
  },
};

/** A small letter where a number or rule is not the paper's own; nothing where it is. */
export function ProvenanceMark({ provenance }: { readonly provenance: Provenance }) {
  const mark = marks[provenance];
  if (mark === undefined) return null;
  return (
    <Tooltip label={mark.words} openDelay={200}>
      <abbr className={classes.mark} title={mark.words} data-provenance={provenance}>
        {mark.letter}
      </abbr>
    </Tooltip>
  );
}
