import {
  ActionIcon,
  Anchor,
  AppShell,
  Center,
  Group,
  Loader,
  Text,
  Tooltip,
  useMantineColorScheme,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { Suspense, useEffect } from "react";
import { useStore } from "zustand";
import { type PlaceName, placeNames } from "../address.ts";
import { ImportPanel } from "../places/records/imports/ImportPanel.tsx";
import { RecordDrop } from "../places/records/imports/RecordDrop.tsx";
import { workbench } from "../state/store.ts";
import { places } from "./places.ts";
import classes from "./Shell.module.css";

/** Header, navigation, and the place that the address names. A file dropped anywhere is imported. */
export function Shell() {
  const place = useStore(workbench, (state) => state.place);
  const Page = places[place].page;
  useProblemNotices();
  useEffect(() => {
    document.title = `${places[place].title} · ECG synthesis workbench`;
  }, [place]);
  return (
    <AppShell header={{ height: 52 }} padding={0}>
      <AppShell.Header className={`${classes.header} noPrint`}>
        <button
          type="button"
          className={classes.skip}
          onClick={() => document.getElementById("main")?.focus()}
        >
          Skip to the content
        </button>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="lg" wrap="nowrap" h="100%" miw={0}>
            <Group gap={8} wrap="nowrap">
              <Mark />
              <Text fw={650} className={classes.title} truncate>
                ECG synthesis workbench
              </Text>
            </Group>
            <nav aria-label="Places" className={classes.places}>
              {placeNames.map((name) => (
                <PlaceLink key={name} name={name} active={name === place} />
              ))}
            </nav>
          </Group>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed" visibleFrom="md">
              Nothing leaves this machine. Not for clinical use.
            </Text>
            <SchemeButton />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Suspense
          fallback={
            <Center h="50vh">
              <Loader type="bars" aria-label="Loading" />
            </Center>
          }
        >
          <Page />
        </Suspense>
      </AppShell.Main>
      <RecordDrop />
      <ImportPanel />
    </AppShell>
  );
}

/** Shows every problem that is reported, once each, until the person has read it. */
function useProblemNotices(): void {
  const problem = useStore(workbench, (state) => state.problem);
  useEffect(() => {
    if (problem === null) return;
    notifications.show({
      color: "red",
      autoClose: 12_000,
      title: problem.place,
      message: `${problem.message} ${problem.remedy}`,
    });
  }, [problem]);
}

function PlaceLink({ name, active }: { readonly name: PlaceName; readonly active: boolean }) {
  const { title, icon: Icon } = places[name];
  return (
    <Anchor
      href={`#/${name}`}
      className={classes.place}
      data-active={active || undefined}
      aria-current={active ? "page" : undefined}
      underline="never"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        workbench.setState({ place: name });
      }}
    >
      <Icon size={18} aria-hidden />
      <span>{title}</span>
    </Anchor>
  );
}

function SchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark =
    colorScheme === "dark" || (colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  const label = dark ? "Use the light colours" : "Use the dark colours";
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The mark: one beat on a square of paper. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" className={classes.mark}>
      <rect width="26" height="26" rx="6" />
      <path d="M3 15h4c1 0 1.300-2 2.200-2s1.200 2 2.200 2l1 1.500L14.200 5l1.800 14 1-4c1.500 0 1.500-3.500 3.300-3.500 1.400 0 1.400 3.500 2.700 3.500" />
    </svg>
  );
}
