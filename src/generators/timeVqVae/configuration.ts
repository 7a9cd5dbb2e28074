/** What a transformer knows before it learns. */
export interface PriorStart {
  /** First embeddings of tokens: drawn, or the codes themselves, by which those that are near each other begin alike. */
  readonly embeddings: "drawn" | "codes";
  /**
   * First values of the learned positions: drawn, or sines and cosines of the time, by which what is true of two tokens is
   * learned at once for all that are as far from each other.
   */
  readonly positions: "drawn" | "waves";
  /** Convolutions tell each token of its neighbours before all of them look at each other. */
  readonly seesNeighbours: boolean;
}

/** One transformer that guesses masked tokens. */
export interface PriorSize {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  /** Width of the hidden layers over that of the transformer. */
  readonly feedForward: number;
  /** How it begins and whether it sees neighbours: as in the program, or so that it learns of long signals in less time. */
  readonly start: PriorStart;
}

/** What low and high frequencies have of their own. */
export interface BandSize {
  /** Tokens along time that are aimed at; the signal's length decides how near halvings come. */
  readonly tokenWidth: number;
  /** K, how many codes there are. */
  readonly codes: number;
  readonly prior: PriorSize;
}

/** Sizes of all networks of Time-VQVAE. */
export interface TimeVqVaeSize {
  /** Samples of a frame of the short-time transform; a frame begins every quarter of it. */
  readonly frame: number;
  /**
   * Rows of the encoders' pictures: each part's own bands alone, or a row for every band, of which those of the other part are
   * copies (the program of 2024).
   */
  readonly rows: "own" | "all";
  /**
   * What becomes of frames at the end that no whole token is left for: they are dropped and what the decoder gives is stretched
   * to the signal's length (the program), which moves what is late in a signal; or the last frame stands for those that are
   * missing to one token more, and nothing moves.
   */
  readonly end: "stretched" | "filled";
  /** Channels after the first halving; each further one doubles them. */
  readonly initialChannels: number;
  readonly hiddenChannels: number;
  /** Residual blocks after each halving but the first. */
  readonly residualBlocks: number;
  /** Numbers of a code. */
  readonly codeWidth: number;
  readonly low: BandSize;
  readonly high: BandSize;
}

export const sizeNames = [
  "tiny",
  "half",
  "browser",
  "ptbXl",
  "chapman",
  "repository2023",
  "repository2024",
] as const;
export type SizeName = (typeof sizeNames)[number];

/** As in the program. */
const drawn: PriorStart = { embeddings: "drawn", positions: "drawn", seesNeighbours: false };
/** In ten seconds a wave may stand anywhere: without these a prior guesses for a thousand steps as if it saw no other token. */
const prepared: PriorStart = { embeddings: "codes", positions: "waves", seesNeighbours: true };

const prior = (
  width: number,
  layers: number,
  heads: number,
  headWidth: number,
  feedForward: number,
  start: PriorStart = drawn,
): PriorSize => ({ width, layers, heads, headWidth, feedForward, start });

const inTab = prior(64, 3, 2, 32, 2);
const inTabLong = prior(96, 3, 3, 32, 2, prepared);
const ofPaper = prior(64, 4, 2, 64, 1);
const of2023 = prior(256, 4, 2, 64, 1);

/** Ours for a beat, which trains in a tab. */
const browserBeats: TimeVqVaeSize = {
  frame: 8,
  rows: "own",
  end: "stretched",
  initialChannels: 16,
  hiddenChannels: 32,
  residualBlocks: 1,
  codeWidth: 16,
  low: { tokenWidth: 13, codes: 64, prior: inTab },
  high: { tokenWidth: 13, codes: 64, prior: inTab },
};

/** Ours for ten seconds. Fewer codes for low frequencies have none for the waves of fibrillation. */
const browserRecordings: TimeVqVaeSize = {
  ...browserBeats,
  frame: 4,
  end: "filled",
  low: { tokenWidth: 62, codes: 512, prior: inTabLong },
  high: { tokenWidth: 62, codes: 128, prior: inTabLong },
};

/** Those of the authors' configuration files (Núñez, Arjona & Béjar 2024) and of the program that they use (ML4ITS). */
const released: Readonly<Record<Exclude<SizeName, "tiny" | "half" | "browser">, TimeVqVaeSize>> = {
  ptbXl: {
    frame: 16,
    rows: "all",
    end: "stretched",
    initialChannels: 16,
    hiddenChannels: 64,
    residualBlocks: 4,
    codeWidth: 64,
    low: { tokenWidth: 8, codes: 64, prior: ofPaper },
    high: { tokenWidth: 32, codes: 64, prior: ofPaper },
  },
  chapman: {
    frame: 16,
    rows: "all",
    end: "stretched",
    initialChannels: 32,
    hiddenChannels: 64,
    residualBlocks: 4,
    codeWidth: 64,
    low: { tokenWidth: 16, codes: 64, prior: ofPaper },
    high: { tokenWidth: 16, codes: 64, prior: ofPaper },
  },
  repository2023: {
    frame: 8,
    rows: "all",
    end: "stretched",
    initialChannels: 64,
    hiddenChannels: 64,
    residualBlocks: 4,
    codeWidth: 64,
    low: { tokenWidth: 8, codes: 32, prior: of2023 },
    high: { tokenWidth: 32, codes: 32, prior: of2023 },
  },
  repository2024: {
    frame: 4,
    rows: "all",
    end: "stretched",
    initialChannels: 4,
    hiddenChannels: 128,
    residualBlocks: 2,
    codeWidth: 128,
    low: { tokenWidth: 8, codes: 32, prior: prior(128, 4, 2, 64, 1) },
    high: { tokenWidth: 32, codes: 32, prior: prior(32, 1, 1, 64, 1) },
  },
};

/** From this length on, ours are the sizes for ten seconds. */
const longSignal = 500;

/** Sizes by name, for signals of a length. */
export function sizeOf(name: SizeName, length: number): TimeVqVaeSize {
  if (name !== "tiny" && name !== "half" && name !== "browser") return released[name];
  const whole = length < longSignal ? browserBeats : browserRecordings;
  return narrowed(whole, { tiny: 0.25, half: 0.5, browser: 1 }[name]);
}

/** The same with a share of all channels. */
function narrowed(size: TimeVqVaeSize, share: number): TimeVqVaeSize {
  const less = (count: number) => Math.max(2, Math.round(count * share));
  const band = (own: BandSize): BandSize => ({
    ...own,
    prior: { ...own.prior, width: less(own.prior.width), headWidth: less(own.prior.headWidth) },
  });
  return {
    ...size,
    initialChannels: less(size.initialChannels),
    hiddenChannels: less(size.hiddenChannels),
    codeWidth: less(size.codeWidth),
    low: band(size.low),
    high: band(size.high),
  };
}

/** Tokens along time that so many halvings leave of frames. */
export const columnsOf = (frames: number, halvings: number, { end }: Pick<TimeVqVaeSize, "end">): number =>
  (end === "filled" ? Math.ceil : Math.floor)(frames / 2 ** halvings);

/** Samples from one frame to the next. */
export const hopOf = ({ frame }: Pick<TimeVqVaeSize, "frame">): number => frame / 4;

/**
 * How often an encoder halves the frames: by the rate length / (log₂ frame − 1) / width, rounded, to the nearest power of
 * two, once at least (the program's rule).
 */
export function halvingsOf(length: number, frame: number, tokenWidth: number): number {
  const rate = Math.round(length / (Math.log2(frame) - 1) / tokenWidth);
  return Math.max(1, Math.round(Math.log2(rate)));
}
