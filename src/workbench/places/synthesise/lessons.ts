import type { ParameterValue } from "../../../domain/recording.ts";

/** A picture to begin a lesson with. */
export interface Lesson {
  readonly title: string;
  /** One sentence: what to look at. */
  readonly sentence: string;
  readonly rhythm: string;
  /** Changes to the clinical preset. */
  readonly values: Readonly<Record<string, ParameterValue>>;
}

/**
 * Starting points for teaching, all synthetic and all on the clinical preset. The morphologies follow the
 * textbooks' descriptions; their numbers are our reconstruction.
 */
export const lessons: readonly Lesson[] = [
  {
    title: "Normal sinus rhythm",
    sentence: "Every QRS follows a P at the same distance; drag a wave to see what it does to the intervals.",
    rhythm: "normal",
    values: {},
  },
  {
    title: "First-degree AV block",
    sentence: "P moves away from the QRS until PR is longer than 200 ms; nothing else changes.",
    rhythm: "normal",
    values: { "P.shift": -0.26 },
  },
  {
    title: "Long QT",
    sentence: "A late and broad T: compare QT with QTc while you change the heart rate.",
    rhythm: "normal",
    values: { "T.shift": 0.36, "T.width": 0.065 },
  },
  {
    title: "Tall, narrow T",
    sentence: "The tented T that lectures on potassium begin with: height up, width down.",
    rhythm: "normal",
    values: { "T.amplitude": 0.9, "T.width": 0.03 },
  },
  {
    title: "Inverted T",
    sentence: "The same beat with the sign of one parameter changed.",
    rhythm: "normal",
    values: { "T.amplitude": -0.3 },
  },
  {
    title: "Pathological Q",
    sentence: "Deeper than a quarter of R and wider than 40 ms.",
    rhythm: "normal",
    values: { "Q.amplitude": -0.45, "Q.width": 0.014, "Q.shift": -0.04 },
  },
  {
    title: "Atrial fibrillation",
    sentence: "No P, a restless baseline, and no two RR intervals alike: march the calipers along to see it.",
    rhythm: "af",
    values: {},
  },
  {
    title: "Atrial flutter",
    sentence: "A saw-tooth near 300 a minute; the ventricles follow every second, third or fourth wave.",
    rhythm: "aflt",
    values: {},
  },
  {
    title: "Ventricular ectopic beats",
    sentence: "Early, broad, without P, with an opposite T, and followed by a full compensatory pause.",
    rhythm: "pvc",
    values: {},
  },
  {
    title: "Pre-excitation (WPW)",
    sentence: "A short PR and a slurred start of the QRS: the delta wave.",
    rhythm: "wpw",
    values: {},
  },
];
