/** One annotation of a recording, with the fields of the MIT annotation format. */
export interface Annotation {
  /** Position in samples of the recording's frame frequency, from 0. */
  readonly sample: number;
  /** The WFDB mnemonic: `N`, `V`, `A`, `+`, `(`, `p`, `)`, `t` … */
  readonly symbol: string;
  readonly subtype: number;
  readonly channel: number;
  readonly number: number;
  /** Auxiliary text, for instance `(AFIB` at a rhythm change; empty when absent. */
  readonly text: string;
}
