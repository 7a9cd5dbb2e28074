import { Button, Checkbox, CopyButton, Modal, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import { writeAddress } from "../../address.ts";
import { addressOf, workbench } from "../../state/store.ts";
import { type ControlGroup, controlGroups } from "../../state/view.ts";

/** A link to the picture as it stands; a teacher can leave out groups of controls. */
export function ShareDialog({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  const state = useStore(workbench);
  const [hidden, setHidden] = useState<readonly ControlGroup[]>(state.hidden);
  const fragment = writeAddress({ ...addressOf(state), hidden });
  const link = `${location.origin}${location.pathname}${fragment}`;
  return (
    <Modal opened={opened} onClose={onClose} title="Share this picture" size="lg">
      <Stack gap="sm">
        <Text size="sm">
          The link carries every parameter, the seed and the view: whoever opens it sees the same synthetic
          recording. It carries no recorded data; a real record is named by its hash only.
        </Text>
        <Checkbox.Group
          label="Show these controls to whoever opens the link"
          value={Object.keys(controlGroups).filter((group) => !hidden.some((name) => name === group))}
          onChange={(shown) => setHidden(groupNames.filter((group) => !shown.includes(group)))}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} mt={6}>
            {groupNames.map((group) => (
              <Checkbox key={group} size="xs" value={group} label={controlGroups[group]} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Textarea
          label="Link"
          readOnly
          autosize
          maxRows={4}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              variant={copied ? "light" : "filled"}
            >
              {copied ? "Copied" : "Copy the link"}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Modal>
  );
}

const groupNames = Object.keys(controlGroups) as ControlGroup[];
