import { TagsInput } from "@mantine/core";
import type { GeneratedForm } from "../../../../domain/generation.ts";
import { useField } from "../setup/useDraft.ts";
import { usualOfForm } from "./forms.ts";

/** The classes that are told apart: AAMI's of beats, or labels of recordings. */
export function ClassesField() {
  const [form] = useField<GeneratedForm>("form");
  const [classes, change] = useField<readonly string[]>("classes");
  return (
    <TagsInput
      label="Classes"
      description={
        form === "beats" ? "AAMI's, of annotated beats" : "Labels of recordings, as the library shows them"
      }
      value={[...classes]}
      data={[...usualOfForm[form].offered]}
      error={classes.length < 2 ? "Choose at least two" : null}
      onChange={(next) => change(next)}
    />
  );
}
