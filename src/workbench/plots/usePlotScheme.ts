import { useMantineColorScheme } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import type { ColourScheme } from "./theme.ts";

/** The colour scheme that the page has now. */
export function usePlotScheme(): ColourScheme {
  const system = useColorScheme();
  const { colorScheme } = useMantineColorScheme();
  return colorScheme === "auto" ? system : colorScheme;
}
