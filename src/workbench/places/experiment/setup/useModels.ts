import { useEffect } from "react";
import { useStore } from "zustand";
import type { DescribedGenerator } from "../../../../generators/generator.ts";
import { generation, generationActions } from "../../../state/generation.ts";
import { reported } from "../../../state/report.ts";

/** The generators of the registry, or null until they are known. */
export function useModels(): Readonly<Record<string, DescribedGenerator>> | null {
  useEffect(() => reported(generationActions.learn()), []);
  return useStore(generation, ({ models }) => models);
}
