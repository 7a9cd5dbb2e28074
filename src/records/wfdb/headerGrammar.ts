/** The lines of a WFDB header as expressions, field by field (WFDB header(5)). Numbers are checked afterwards. */

const decimal = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;

/** `name/segments signals frequency/counter(base) length time date` */
export const recordLine = new RegExp(
  [
    String.raw`^(?<name>[^\s/]+)(?:/(?<segments>\d+))?`,
    String.raw`\s+(?<signals>\d+)`,
    String.raw`(?:\s+(?<frequency>${decimal})(?:/(?<counterFrequency>${decimal})(?:\((?<counterBase>${decimal})\))?)?`,
    String.raw`(?:\s+(?<length>\d+)`,
    String.raw`(?:\s+(?<time>[\d:.]+)(?:\s+(?<date>\d{1,2}/\d{1,2}/\d{1,4}))?)?)?)?\s*$`,
  ].join(""),
);

/** `file format×samples:skew+offset gain(baseline)/units resolution zero initial checksum block description` */
export const signalLine = new RegExp(
  [
    String.raw`^(?<file>\S+)\s+(?<format>\d+)(?:x(?<samplesPerFrame>\d+))?(?::(?<skew>\d+))?(?:\+(?<byteOffset>\d+))?`,
    String.raw`(?:\s+(?<gain>${decimal})(?:\((?<baseline>[-+]?\d+)\))?(?:/(?<unit>\S+))?`,
    String.raw`(?:\s+(?<resolution>\d+)(?:\s+(?<zero>[-+]?\d+)(?:\s+(?<initial>[-+]?\d+)`,
    String.raw`(?:\s+(?<checksum>[-+]?\d+)(?:\s+(?<block>\d+)(?:\s+(?<description>\S.*?))?)?)?)?)?)?)?\s*$`,
  ].join(""),
);

/** `record length` of a segment; `~` is a gap. */
export const segmentLine = /^(?<name>\S+)\s+(?<length>\d+)\s*$/;
