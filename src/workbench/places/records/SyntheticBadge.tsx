import { Badge } from "@mantine/core";
import { type LibraryRecord, natureOf } from "../../../domain/libraryRecord.ts";
import { originInWords } from "../../../domain/syntheticOrigin.ts";
import classes from "./records.module.css";

/** Says that a record is of no person; the built-in stand-in says so by the name of its data set. */
export function SyntheticBadge({ record }: { readonly record: LibraryRecord }) {
  const { synthetic } = record;
  if (synthetic === undefined || natureOf(record) !== "synthetic") return null;
  return (
    <Badge
      className={classes.synthetic}
      size="sm"
      color="paperRed"
      variant="light"
      radius="sm"
      title={originInWords(synthetic)}
    >
      Synthetic
    </Badge>
  );
}
