import { Button, Group } from "@mantine/core";
import { IconFolder, IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { reported } from "../../../state/report.ts";
import { filesOfPicker } from "./droppedFiles.ts";
import { importFiles } from "./importing.ts";

/** Buttons for those who would rather choose files than drop them. */
export function PickFiles({
  compact = false,
  onPicked,
}: {
  readonly compact?: boolean;
  readonly onPicked?: () => void;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    if (input.files !== null && input.files.length > 0) {
      onPicked?.();
      // A copy: emptying the input below empties its list.
      reported(filesOfPicker([...input.files]).then((files) => importFiles(files)));
    }
    input.value = "";
  };
  return (
    <Group gap="xs">
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="pick-files"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(element) => {
          folder.current = element;
          // React has no prop for it, and without it a picker offers no folders.
          element?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        data-testid="pick-folder"
        onChange={(event) => take(event.currentTarget)}
      />
      <Button
        size="xs"
        variant={compact ? "default" : "filled"}
        leftSection={<IconUpload size={16} />}
        onClick={() => files.current?.click()}
      >
        {compact ? "Import" : "Choose files or a zip"}
      </Button>
      {!compact && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolder size={16} />}
          onClick={() => folder.current?.click()}
        >
          Choose a folder
        </Button>
      )}
    </Group>
  );
}
