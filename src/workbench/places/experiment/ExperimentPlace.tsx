import { Center, Loader, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import layout from "../train/train.module.css";
import { ExperimentList } from "./ExperimentList.tsx";
import { ExperimentPanel } from "./ExperimentPanel.tsx";
import { ExperimentSetup } from "./ExperimentSetup.tsx";

/** Grids of trainings and the paper's tables that come of them. */
export function ExperimentPlace() {
  const description = useStore(training, (state) => state.description);
  useEffect(() => reported(trainingActions.learn()), []);
  if (description === null) {
    return (
      <Center h="50vh">
        <Loader type="bars" aria-label="Loading the architectures" />
      </Center>
    );
  }
  return (
    <div className={layout.place}>
      <div className={layout.setup}>
        <Title order={1} size="h3">
          Experiment
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          Does training on synthetic recordings help? Many runs, honest intervals.
        </Text>
        <ExperimentSetup description={description} />
      </div>
      <div className={layout.results}>
        <ExperimentPanel description={description} />
        <ExperimentList />
      </div>
    </div>
  );
}
