import { useContext } from "react";
import { useStore } from "zustand";
import { protocolDrafts } from "../../../state/protocolDrafts.ts";
import { DraftKind } from "./useDraft.ts";

/** Something that a protocol offers beside models of the registries, as an option of a list. */
export interface OfferedOption {
  readonly value: string;
  readonly label: string;
  /** The generator of the registry behind it; null for none. */
  readonly model: string | null;
}

/** What the protocol on the form offers beside models of the registries. */
export function useOffered(): readonly OfferedOption[] {
  const kind = useContext(DraftKind);
  const presets = useStore(protocolDrafts, (state) => state.presets?.[kind] ?? null);
  return Object.entries(presets?.titles ?? {}).map(([value, label]) => ({
    value,
    label,
    model: presets?.models?.[value] ?? null,
  }));
}
