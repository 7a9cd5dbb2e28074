import { ActionIcon, Button, Group, Menu, Text, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsShuffle,
  IconChevronDown,
  IconDownload,
  IconRotate2,
  IconSchool,
  IconShare2,
} from "@tabler/icons-react";
import { type ComponentType, useState } from "react";
import { useStore } from "zustand";
import { drawRecording } from "../../state/draw.ts";
import { initialPicture } from "../../state/picture.ts";
import { reported } from "../../state/report.ts";
import { actions, pictureOf, workbench } from "../../state/store.ts";
import { exportChoices } from "./exports.ts";
import { lessons } from "./lessons.ts";
import { ShareDialog } from "./ShareDialog.tsx";
import classes from "./synthesise.module.css";

/** Examples, undo, reset, randomise, sharing and export. */
export function Toolbar() {
  const canUndo = useStore(workbench, (state) => state.history.past.length > 0);
  const canRedo = useStore(workbench, (state) => state.history.future.length > 0);
  const hidden = useStore(workbench, (state) => state.hidden);
  const changed = useStore(workbench, (state) => Object.keys(pictureOf(state).overrides).length > 0);
  const [sharing, setSharing] = useState(false);
  useHotkeys([
    ["mod+Z", actions.undo],
    ["mod+shift+Z", actions.redo],
    ["mod+Y", actions.redo],
  ]);
  return (
    <Group gap={6} className="noPrint">
      <ExamplesMenu />
      <Group gap={2} wrap="nowrap">
        <IconButton label="Undo" icon={IconArrowBackUp} disabled={!canUndo} onClick={actions.undo} />
        <IconButton label="Redo" icon={IconArrowForwardUp} disabled={!canRedo} onClick={actions.redo} />
      </Group>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRotate2 size={16} />}
        disabled={!changed}
        onClick={() => actions.reset()}
      >
        Reset all
      </Button>
      <Tooltip
        label="Draws the recording's own parameters from the table, with a new seed"
        multiline
        maw={260}
        openDelay={400}
      >
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowsShuffle size={16} />}
          onClick={() => reported(drawRecording())}
        >
          Randomise
        </Button>
      </Tooltip>
      <span className={classes.grow} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconShare2 size={16} />}
        onClick={() => setSharing(true)}
      >
        Share
      </Button>
      <ExportMenu />
      {sharing && <ShareDialog key={hidden.join()} opened onClose={() => setSharing(false)} />}
    </Group>
  );
}

function IconButton(props: {
  readonly label: string;
  readonly icon: ComponentType<{ size?: number }>;
  readonly disabled: boolean;
  onClick(): void;
}) {
  const { label, icon: Icon, disabled, onClick } = props;
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        size="30px"
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function ExamplesMenu() {
  return (
    <Menu width={360} position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          size="xs"
          variant="light"
          leftSection={<IconSchool size={16} />}
          rightSection={<IconChevronDown size={14} />}
        >
          Examples
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={480} style={{ overflowY: "auto" }}>
        {lessons.map((lesson) => (
          <Menu.Item
            key={lesson.title}
            onClick={() =>
              actions.setPicture({
                simulator: "gaussian",
                preset: "clinical",
                rhythm: lesson.rhythm,
                overrides: lesson.values,
                variation: "exact",
                seed: initialPicture.seed,
              })
            }
          >
            <Text size="sm" fw={600}>
              {lesson.title}
            </Text>
            <Text size="xs" c="dimmed">
              {lesson.sentence}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportMenu() {
  return (
    <Menu width={300} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="xs"
          leftSection={<IconDownload size={16} />}
          rightSection={<IconChevronDown size={14} />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Every file says that its data is synthetic</Menu.Label>
        {exportChoices.map(({ title, detail, run }) => (
          <Menu.Item key={title} onClick={() => reported(run())}>
            <Text size="sm">{title}</Text>
            <Text size="xs" c="dimmed">
              {detail}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
