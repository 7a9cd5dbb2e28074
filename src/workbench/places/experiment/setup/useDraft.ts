import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { type ProtocolDraft, protocolDraftActions, protocolDrafts } from "../../../state/protocolDrafts.ts";

/** The kind of the protocol whose form is shown. */
export const DraftKind = createContext("");

/** The draft that is on the form. */
export function useDraft(): ProtocolDraft {
  const kind = useContext(DraftKind);
  return useStore(protocolDrafts, ({ drafts }) => drafts[kind]);
}

/** A field of the draft, and the way to change it. */
export function useField<T>(name: string): readonly [T, (value: T) => void] {
  const kind = useContext(DraftKind);
  const value = useStore(protocolDrafts, ({ drafts }) => drafts[kind].fields[name] as T);
  return [value, (next) => protocolDraftActions.field(kind, name, next)];
}
