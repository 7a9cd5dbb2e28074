import { useStore } from "zustand";
import { shown } from "../../state/live.ts";
import { workbench } from "../../state/store.ts";
import { RecordCard } from "../records/RecordCard.tsx";
import { BeatCard } from "./BeatCard.tsx";
import { ClassifierCard } from "./ClassifierCard.tsx";
import { Controls } from "./Controls.tsx";
import { IntervalPanel } from "./IntervalPanel.tsx";
import { PaperControls } from "./PaperControls.tsx";
import { SyntheticStrip } from "./SyntheticStrip.tsx";
import classes from "./synthesise.module.css";
import { Toolbar } from "./Toolbar.tsx";

/** The place where recordings are made: beat, strip, readings, a real record beneath, and every control. */
export function SynthesisePlace() {
  const hidden = useStore(workbench, (state) => state.hidden);
  const intervals = useStore(shown, (state) => state.intervals);
  return (
    <div className={classes.place}>
      <div className={classes.stage}>
        <h1 className="visuallyHidden">Synthesise</h1>
        <Toolbar />
        <BeatCard />
        {!hidden.includes("intervals") && <IntervalPanel intervals={intervals} />}
        <PaperControls />
        <SyntheticStrip />
        <ClassifierCard />
        {!hidden.includes("record") && <RecordCard />}
      </div>
      <aside className={`${classes.side} noPrint`} aria-label="Controls">
        <Controls />
      </aside>
    </div>
  );
}
