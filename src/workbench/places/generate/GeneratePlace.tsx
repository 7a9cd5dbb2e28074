import { Center, Loader, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { generation, generationActions } from "../../state/generation.ts";
import { reported } from "../../state/report.ts";
import layout from "../train/train.module.css";
import { GenerationList } from "./GenerationList.tsx";
import { GenerationPanel } from "./GenerationPanel.tsx";
import { GeneratorSetup } from "./GeneratorSetup.tsx";

/** Trains generators of heartbeats, shows how they learn, and explores what they have learned. */
export function GeneratePlace() {
  const models = useStore(generation, (state) => state.models);
  useEffect(() => reported(generationActions.learn()), []);
  if (models === null) {
    return (
      <Center h="50vh">
        <Loader type="bars" aria-label="Loading the generators" />
      </Center>
    );
  }
  return (
    <div className={layout.place}>
      <div className={layout.setup}>
        <Title order={1} size="h3">
          Generate
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          Networks learn to make heartbeats and whole recordings that nobody ever had.
        </Text>
        <GeneratorSetup models={models} />
      </div>
      <div className={layout.results}>
        <GenerationPanel models={models} />
        <GenerationList />
      </div>
    </div>
  );
}
