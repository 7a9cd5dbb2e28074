import { useContext } from "react";
import { useStore } from "zustand";
import { protocolDrafts } from "../../../state/protocolDrafts.ts";
import { DraftKind } from "./useDraft.ts";

/** What the protocol on the form offers beside models of the registries, as options. */
export function useOffered(): readonly { readonly value: string; readonly label: string }[] {
  const kind = useContext(DraftKind);
  const titles = useStore(protocolDrafts, ({ presets }) => presets?.[kind]?.titles ?? null);
  return Object.entries(titles ?? {}).map(([value, label]) => ({ value, label }));
}
