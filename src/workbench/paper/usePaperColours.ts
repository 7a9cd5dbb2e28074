import { useMantineColorScheme } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import { type PaperColours, paperColours } from "./drawPaper.ts";

/** The paper's colours in the scheme that the page has now. */
export function usePaperColours(): PaperColours {
  const system = useColorScheme();
  const { colorScheme } = useMantineColorScheme();
  return paperColours[colorScheme === "auto" ? system : colorScheme];
}
