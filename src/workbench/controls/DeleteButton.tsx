import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";

/** Deletes what cannot be made again in a moment: it asks once more, and forgets the wish when the focus goes on. */
export function DeleteButton({
  tooltip,
  label,
  disabled,
  onDelete,
}: {
  readonly tooltip: string;
  /** What is deleted, for those who do not see where the button stands. */
  readonly label: string;
  readonly disabled: boolean;
  readonly onDelete: () => void;
}) {
  const [isSure, setSure] = useState(false);
  return isSure ? (
    <Button size="compact-xs" color="red" autoFocus onBlur={() => setSure(false)} onClick={onDelete}>
      Really delete?
    </Button>
  ) : (
    <Tooltip label={tooltip} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={disabled}
        aria-label={label}
        onClick={() => setSure(true)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
