/** A sentence of the product that was measured, and whether it holds. */
export interface Claim {
  /** `the default detector finds 99.3 % of the beats of MIT-BIH` */
  readonly promise: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  readonly holds: boolean;
}

export interface Evidence {
  /** Markdown below the title and the command, with sections from `##` on. The same on every machine. */
  readonly document: string;
  readonly claims: readonly Claim[];
  /** Results that are still to be computed by another call; none where it is left out. */
  readonly lacking?: number;
  /** SVG by the names of the files that stand beside the document. */
  readonly figures?: Readonly<Record<string, string>>;
}

/** A measurement that shows what the product claims, written to `docs/<name>.md`. */
export interface Proof {
  readonly title: string;
  /** Whether it means nothing without real records; then it is skipped where there are none. */
  readonly needsData: boolean;
  /**
   * @param data folder of real records (`mitdb`, `ptbxl`, `ludb`, `qtdb`), or null where this machine has none
   * @param progress takes one line of what is being measured
   * @param mayCompute asked before everything that takes long and is kept: another call goes on where one ends
   */
  gather(data: string | null, progress: (line: string) => void, mayCompute: () => boolean): Promise<Evidence>;
}
