import { Center, Loader, Paper, Text, Title } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { useStore } from "zustand";
import { findBlindTest } from "../../../../storage/closeness.ts";
import { blindTest } from "../../../state/blindTest.ts";
import { BlindResult } from "./BlindResult.tsx";
import { BlindSitting } from "./BlindSitting.tsx";

/** The test on the page: being judged, or what came of it. */
export function BlindPanel() {
  const { shown, sitting, isPreparing } = useStore(blindTest);
  const found = useLiveQuery(async () => (shown === null ? null : findBlindTest(shown)), [shown]) ?? null;
  if (isPreparing) {
    return (
      <Paper withBorder p="lg">
        <Center h={220}>
          <Loader type="bars" aria-label="Drawing pictures" />
        </Center>
      </Paper>
    );
  }
  if (sitting !== null) return <BlindSitting test={sitting.test} pictures={sitting.pictures} />;
  if (found !== null) return <BlindResult key={found.id} test={found} />;
  return (
    <Paper withBorder p="lg" data-testid="blind-welcome">
      <Title order={2} size="h4" mb="xs">
        Real or synthetic?
      </Title>
      <Text size="sm" maw={680}>
        Beats appear one by one on the same paper, real and synthetic mixed. Say for each which it is, with
        the buttons or the keys <kbd>R</kbd> and <kbd>S</kbd>. At the end stands how many were right, with its
        interval, and d′: how well the two are told apart, whichever answer came more readily. On a projector
        a class can judge together.
      </Text>
    </Paper>
  );
}
