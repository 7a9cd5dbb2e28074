import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { natures } from "../../../../domain/libraryRecord.ts";
import type { OpenedRecord } from "../../../../services/records.ts";
import type { PaperMark } from "../../../paper/drawPaper.ts";
import { EcgStrip, type StripHandle } from "../../../paper/EcgStrip.tsx";
import { screenScale } from "../../../state/paperScale.ts";
import { actions, workbench } from "../../../state/store.ts";
import type { RecordSelection } from "../../../state/view.ts";
import { useSelectedLead } from "../useRecord.ts";

/** ms after the last movement before the address follows. */
const settling = 300;

/** The selected lead of a stored record on paper, with marks over it. */
export function RecordStrip({
  record,
  selection,
  marks,
}: {
  readonly record: OpenedRecord;
  readonly selection: RecordSelection;
  readonly marks: readonly PaperMark[];
}) {
  const { speed, gain } = useStore(workbench, (state) => state.view);
  const { pixelsPerMillimetre } = useStore(screenScale);
  const trace = useSelectedLead();
  const strip = useRef<StripHandle>(null);
  useEffect(() => {
    if (trace === null) return;
    strip.current?.draw(
      trace,
      marks,
      record.rPeaks.map((sample) => sample / record.samplingFrequency),
    );
  }, [trace, marks, record]);
  const [calipers, setCalipers] = useState<{ from: number; to: number; march: boolean } | null>(null);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const kind = natures[record.nature];
  return (
    <EcgStrip
      ref={strip}
      label={`${kind} ${record.name}, lead ${selection.lead}, on ECG paper`}
      title={`${selection.lead} · ${kind.toUpperCase()} · ${record.name}`}
      scale={{ speed, gain, pixelsPerMillimetre }}
      calipers={calipers}
      onCalipers={setCalipers}
      start={selection.start}
      onStart={(start) => {
        if (pending.current !== null) clearTimeout(pending.current);
        pending.current = setTimeout(() => {
          const current = workbench.getState().record;
          if (current !== null) actions.selectRecord({ ...current, start: Math.round(start * 100) / 100 });
        }, settling);
      }}
    />
  );
}
