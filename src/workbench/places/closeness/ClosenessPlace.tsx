import { Center, Loader, SegmentedControl, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useStore } from "zustand";
import { closeness, closenessActions } from "../../state/closeness.ts";
import { reported } from "../../state/report.ts";
import layout from "../train/train.module.css";
import { BlindList } from "./blind/BlindList.tsx";
import { BlindPanel } from "./blind/BlindPanel.tsx";
import { BlindSetup } from "./blind/BlindSetup.tsx";
import { ClosenessList } from "./ClosenessList.tsx";
import { ClosenessPanel } from "./ClosenessPanel.tsx";
import { ClosenessSetup } from "./ClosenessSetup.tsx";

/** Tells how near synthetic signals are to real ones: by numbers and pictures, and by a person's eye. */
export function ClosenessPlace() {
  const description = useStore(closeness, (state) => state.description);
  const tab = useStore(closeness, (state) => state.tab);
  useEffect(() => reported(closenessActions.learn()), []);
  if (description === null) {
    return (
      <Center h="50vh">
        <Loader type="bars" aria-label="Loading the measures" />
      </Center>
    );
  }
  return (
    <div className={layout.place}>
      <div className={layout.setup}>
        <Title order={1} size="h3">
          Closeness
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          How near is a synthetic set to a real one?
        </Text>
        <SegmentedControl
          fullWidth
          mb="sm"
          aria-label="Judge by numbers or by eye"
          value={tab}
          data={[
            { value: "measure", label: "By numbers" },
            { value: "blind", label: "By eye" },
          ]}
          onChange={(value) => closenessActions.turnTo(value as typeof tab)}
        />
        {tab === "measure" ? <ClosenessSetup /> : <BlindSetup />}
      </div>
      <div className={layout.results}>
        {tab === "measure" ? (
          <>
            <ClosenessPanel description={description} />
            <ClosenessList />
          </>
        ) : (
          <>
            <BlindPanel />
            <BlindList />
          </>
        )}
      </div>
    </div>
  );
}
