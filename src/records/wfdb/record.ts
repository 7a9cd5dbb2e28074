import type { Annotation } from "../../domain/annotation.ts";
import { Failure } from "../../domain/failure.ts";
import type { Recording } from "../../domain/recording.ts";
import { readAnnotations } from "./annotations.ts";
import { type Files, fileNamed, headerOf } from "./files.ts";
import type { Header } from "./header.ts";
import { readPiece } from "./piece.ts";
import { readSegments } from "./segments.ts";

export { headerOf };

/** Extensions of files that stand beside a record and are not annotations. */
const otherFiles: ReadonlySet<string> = new Set(
  "hea dat mat edf csv txt json xml xws zip gz png jpg jpeg gif svg pdf html xyz md py m log bak tmp orig".split(
    " ",
  ),
);

/** `atr` is the reference; where each lead has an annotator of its own, lead II is the one that is shown first. */
const preferredAnnotators = ["ii", "atr"];

/** Extensions of the annotation files of a record, the preferred one first. */
export function annotatorsOf(files: Files, name: string): string[] {
  const header = headerOf(files, name);
  const signalFiles = new Set(header.signals.map((signal) => signal.fileName));
  const found = [...files.keys()]
    .filter((file) => file.startsWith(`${name}.`) && !signalFiles.has(file))
    .map((file) => file.slice(name.length + 1))
    .filter(
      (extension) => extension !== "" && !extension.includes(".") && !otherFiles.has(extension.toLowerCase()),
    );
  const rank = (extension: string) => preferredAnnotators.indexOf(extension);
  return found.sort((one, other) => rank(other) - rank(one) || (one < other ? -1 : 1));
}

/**
 * Reads a WFDB record whole: leads in mV, annotations in frames.
 * @param hash SHA-256 of the files, for the origin
 * @param annotator extension of the annotation file; where it is not given, the first of `annotatorsOf` that is one
 * @throws Failure naming the file and the place: see `parseHeader`, `readSignals`, `readAnnotations`
 */
export function readRecord(name: string, files: Files, hash: string, annotator?: string): Recording {
  const header = headerOf(files, name);
  const { leads, length, warnings } =
    header.segments === null ? readPiece(header, files) : readSegments(header, header.segments, files);
  const annotated = annotationsOf(name, files, header, annotator);
  return {
    name,
    samplingFrequency: header.samplingFrequency,
    length,
    leads,
    annotations: annotated.annotations,
    comments: header.comments,
    warnings: [...warnings, ...annotated.warnings],
    origin: { kind: "file", fileNames: [...files.keys()], hash },
  };
}

interface Annotated {
  readonly annotations: readonly Annotation[];
  readonly warnings: readonly Failure[];
}

/**
 * An annotation file that was asked for, or is the reference, must be sound. Any other extension may belong to no
 * annotator at all: that it cannot be read is told, and does not keep the record from opening.
 */
function annotationsOf(name: string, files: Files, header: Header, annotator?: string): Annotated {
  const warnings: Failure[] = [];
  for (const extension of annotator === undefined ? annotatorsOf(files, name) : [annotator]) {
    try {
      return { annotations: readAnnotationFile(`${name}.${extension}`, files, header), warnings };
    } catch (error) {
      const isCertain = annotator !== undefined || extension === "atr";
      if (isCertain || !(error instanceof Failure)) throw error;
      warnings.push(error);
    }
  }
  return { annotations: [], warnings };
}

function readAnnotationFile(fileName: string, files: Files, header: Header): Annotation[] {
  const { annotations, frequency } = readAnnotations(fileNamed(files, fileName, header.name), fileName);
  if (frequency === null || frequency === header.samplingFrequency) return annotations;
  const scale = header.samplingFrequency / frequency;
  return annotations.map((annotation) => ({ ...annotation, sample: Math.round(annotation.sample * scale) }));
}
