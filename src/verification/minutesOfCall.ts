/** Minutes of training in one call: `ECG_VERIFY_MINUTES`, otherwise an hour. */
export function minutesOfCall(): number {
  const asked = Number(process.env.ECG_VERIFY_MINUTES ?? 60);
  return Number.isFinite(asked) ? asked : 60;
}
