/**
 * Diagnoses of the PhysioNet challenges of 2020 and 2021 and of the Chapman–Shaoxing–Ningbo database by their SNOMED CT
 * numbers, as the SCP-ECG codes that PTB-XL has for the same, so that both databases speak of one rhythm by one label.
 */
const codes: Readonly<Record<string, string>> = {
  // Rhythms; sinus irregularity is the sinus arrhythmia of SCP-ECG.
  "426783006": "SR",
  "426177001": "SBRAD",
  "427084000": "STACH",
  "427393009": "SARRH",
  "164889003": "AFIB",
  "164890007": "AFLT",
  "426761007": "SVTAC",
  "10370003": "PACE",
  // Conduction
  "270492004": "1AVB",
  "164947007": "LPR",
  "111975006": "LNGQT",
  "74390002": "WPW",
  "713427006": "CRBBB",
  "713426002": "IRBBB",
  "59118001": "CRBBB",
  "733534002": "CLBBB",
  "164909002": "CLBBB",
  "445118002": "LAFB",
  "698252002": "IVCD",
  // Beats
  "284470004": "PAC",
  "63593006": "PAC",
  "427172004": "PVC",
  "17338001": "PVC",
  // Form
  "164873001": "LVH",
  "251146004": "LVOLT",
  "164917005": "QWAVE",
  "59931005": "INVT",
  "429622005": "STD_",
  "164931005": "STE_",
};

/**
 * Labels from the comments of a header, `Dx: 164889003,59118001`: SCP-ECG codes, or `SNOMED 251173003` where PTB-XL has none
 * for a number, each once and in the order of the header.
 */
export function snomedLabels(comments: readonly string[]): string[] {
  const numbers = comments.flatMap((comment) => {
    const found = /^Dx:\s*(.+)$/i.exec(comment.trim())?.[1] ?? "";
    return found.split(",").map((each) => each.trim());
  });
  const labels = numbers
    .filter((number) => /^\d{5,}$/.test(number))
    .map((number) => codes[number] ?? `SNOMED ${number}`);
  return [...new Set(labels)];
}
