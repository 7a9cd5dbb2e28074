import { Center, Loader, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import { RunList } from "./RunList.tsx";
import { RunPanel } from "./RunPanel.tsx";
import { SetupPanel } from "./SetupPanel.tsx";
import classes from "./train.module.css";

/** Trains one classifier at a time, and shows how it learns and what it decides. */
export function TrainPlace() {
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
    <div className={classes.place}>
      <div className={classes.setup}>
        <Title order={1} size="h3">
          Train
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          An abnormality against normal recordings, learned here in this tab.
        </Text>
        <SetupPanel description={description} />
      </div>
      <div className={classes.results}>
        <RunPanel description={description} />
        <RunList />
      </div>
    </div>
  );
}
