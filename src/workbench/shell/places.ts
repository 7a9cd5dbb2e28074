import {
  IconBrain,
  IconHeartbeat,
  IconReportAnalytics,
  IconScale,
  IconSparkles,
  IconStack2,
} from "@tabler/icons-react";
import { type ComponentType, lazy } from "react";
import type { PlaceName } from "../address.ts";

interface Place {
  readonly title: string;
  readonly icon: ComponentType<{ size?: number }>;
  readonly page: ComponentType;
}

/** The workbench's places, in the order of its navigation. */
export const places: Readonly<Record<PlaceName, Place>> = {
  synthesise: {
    title: "Synthesise",
    icon: IconHeartbeat,
    page: lazy(async () => ({
      default: (await import("../places/synthesise/SynthesisePlace.tsx")).SynthesisePlace,
    })),
  },
  records: {
    title: "Records",
    icon: IconStack2,
    page: lazy(async () => ({ default: (await import("../places/records/RecordsPlace.tsx")).RecordsPlace })),
  },
  train: {
    title: "Train",
    icon: IconBrain,
    page: lazy(async () => ({ default: (await import("../places/train/TrainPlace.tsx")).TrainPlace })),
  },
  generate: {
    title: "Generate",
    icon: IconSparkles,
    page: lazy(async () => ({
      default: (await import("../places/generate/GeneratePlace.tsx")).GeneratePlace,
    })),
  },
  closeness: {
    title: "Closeness",
    icon: IconScale,
    page: lazy(async () => ({
      default: (await import("../places/closeness/ClosenessPlace.tsx")).ClosenessPlace,
    })),
  },
  experiment: {
    title: "Experiment",
    icon: IconReportAnalytics,
    page: lazy(async () => ({
      default: (await import("../places/experiment/ExperimentPlace.tsx")).ExperimentPlace,
    })),
  },
};
