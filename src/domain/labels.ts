/**
 * Meanings of the labels that databases abbreviate: the rhythms of MIT-BIH (WFDB annotations), and the SCP-ECG
 * statements of PTB-XL that are met most.
 */
const meanings: Readonly<Record<string, string>> = {
  N: "Normal sinus rhythm",
  AB: "Atrial bigeminy",
  AFIB: "Atrial fibrillation",
  AFL: "Atrial flutter",
  AFLT: "Atrial flutter",
  B: "Ventricular bigeminy",
  BII: "Second-degree heart block",
  IVR: "Idioventricular rhythm",
  NOD: "Nodal rhythm",
  P: "Paced rhythm",
  PREX: "Pre-excitation",
  SBR: "Sinus bradycardia",
  SVTA: "Supraventricular tachyarrhythmia",
  T: "Ventricular trigeminy",
  VFL: "Ventricular flutter",
  VT: "Ventricular tachycardia",
  NORM: "Normal ECG",
  MI: "Myocardial infarction",
  STTC: "ST/T change",
  CD: "Conduction disturbance",
  HYP: "Hypertrophy",
  SR: "Sinus rhythm",
  SBRAD: "Sinus bradycardia",
  STACH: "Sinus tachycardia",
  SARRH: "Sinus arrhythmia",
  PVC: "Ventricular premature complex",
  PAC: "Atrial premature complex",
  WPW: "Wolff-Parkinson-White syndrome",
  LVH: "Left ventricular hypertrophy",
  LAFB: "Left anterior fascicular block",
  CRBBB: "Complete right bundle branch block",
  IRBBB: "Incomplete right bundle branch block",
  CLBBB: "Complete left bundle branch block",
  "1AVB": "First-degree AV block",
  PACE: "Functioning pacemaker",
  IMI: "Inferior myocardial infarction",
  ASMI: "Anteroseptal myocardial infarction",
};

/** What a label stands for; the label itself where it is no abbreviation that is known here. */
export function meaningOf(label: string): string {
  return Object.hasOwn(meanings, label) ? meanings[label] : label;
}
