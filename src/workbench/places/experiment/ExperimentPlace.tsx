import { Center, Loader, Select, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { experiment, experimentActions } from "../../state/experiment.ts";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import layout from "../train/train.module.css";
import { ExperimentList } from "./ExperimentList.tsx";
import { ExperimentPanel } from "./ExperimentPanel.tsx";
import { protocolViews, viewOf } from "./protocols.ts";

/** Grids of trainings and the papers' tables that come of them. */
export function ExperimentPlace() {
  const isKnown = useStore(training, (state) => state.description !== null);
  const protocol = useStore(experiment, (state) => state.protocol);
  useEffect(() => reported(trainingActions.learn()), []);
  if (!isKnown) {
    return (
      <Center h="50vh">
        <Loader type="bars" aria-label="Loading the architectures" />
      </Center>
    );
  }
  const view = viewOf(protocol);
  return (
    <div className={layout.place}>
      <div className={layout.setup}>
        <Title order={1} size="h3">
          Experiment
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          Do synthetic data help? Many runs, honest intervals.
        </Text>
        <Select
          label="Protocol"
          description={`${view.question} ${view.paper}.`}
          allowDeselect={false}
          value={protocol}
          data={protocolViews.map(({ kind, title }) => ({ value: kind, label: title }))}
          onChange={(value) => value !== null && experimentActions.choose(value)}
          mb="sm"
        />
        <view.Setup />
      </div>
      <div className={layout.results}>
        <ExperimentPanel />
        <ExperimentList />
      </div>
    </div>
  );
}
