import { Failure } from "../domain/failure.ts";
import type { Schema, Values } from "../domain/schema.ts";
import { parseValue } from "../domain/schema.ts";
import { initialPicture, type Picture } from "./state/picture.ts";
import {
  type Calipers,
  type ControlGroup,
  gains,
  initialView,
  isControlGroup,
  type RecordSelection,
  speeds,
  type View,
} from "./state/view.ts";

export const placeNames = ["synthesise", "records", "train", "generate", "closeness", "experiment"] as const;
export type PlaceName = (typeof placeNames)[number];

/** All that a link carries. */
export interface Address {
  readonly place: PlaceName;
  readonly picture: Picture;
  readonly view: View;
  readonly hidden: readonly ControlGroup[];
  readonly record: RecordSelection | null;
}

/** What was read, and what in the text made no sense and was left out. */
export interface ReadAddress {
  readonly address: Address;
  readonly problems: readonly Failure[];
}

/** Schema of a simulator, preset and rhythm; null where there is no such combination. */
export type SchemaLookup = (simulator: string, preset: string, rhythm: string) => Schema | null;

/** The fragment of the address, `#/synthesise?…`; what stands at its default is left out. */
export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  const { picture, view, record } = address;
  for (const key of ["simulator", "preset", "rhythm", "seed", "variation", "duration"] as const) {
    if (picture[key] !== initialPicture[key]) query.set(key, String(picture[key]));
  }
  if (picture.samplingFrequency !== initialPicture.samplingFrequency) {
    query.set("frequency", String(picture.samplingFrequency));
  }
  for (const [key, value] of Object.entries(picture.overrides)) query.set(key, String(value));
  if (view.speed !== initialView.speed) query.set("speed", String(view.speed));
  if (view.gain !== initialView.gain) query.set("gain", String(view.gain));
  if (view.calipers !== null) query.set("calipers", writeCalipers(view.calipers));
  if (address.hidden.length > 0) query.set("hide", address.hidden.join(","));
  if (record !== null) {
    query.set("record", record.hash);
    query.set("lead", record.lead);
    query.set("from", String(record.start));
    if (record.beat !== null) query.set("beat", String(record.beat));
  }
  const text = query.toString().replaceAll("%2C", ",");
  return `#/${address.place}${text === "" ? "" : `?${text}`}`;
}

/** Reads a fragment; what is missing takes its default, what is wrong is left out and reported. */
export function readAddress(fragment: string, schemaOf: SchemaLookup): ReadAddress {
  const problems: Failure[] = [];
  const [path, ...rest] = fragment.replace(/^#?\/?/, "").split("?");
  const query = new URLSearchParams(rest.join("?"));
  const place = placeNames.find((name) => name === path) ?? "synthesise";
  const take = takeFrom(query, problems);

  const picture = readPicture(take, query, schemaOf, problems);
  const view: View = {
    speed:
      take("speed", (text) => speeds.find((speed) => String(speed) === text), "5, 12.5, 25 or 50") ??
      initialView.speed,
    gain:
      take("gain", (text) => gains.find((gain) => String(gain) === text), "5, 10 or 20") ?? initialView.gain,
    calipers: take("calipers", readCalipers, "two times in seconds, 1.2,2.0, and march if wanted") ?? null,
  };
  const hidden =
    take("hide", (text) => text.split(",").filter(isControlGroup), "names of control groups") ?? [];
  const record = readRecordSelection(take);
  for (const key of query.keys()) {
    problems.push(
      new Failure(
        "address-unknown",
        "The link names something unknown.",
        key,
        "It was left out; the rest of the link holds.",
      ),
    );
  }
  return { address: { place, picture, view, hidden, record }, problems };
}

type Take = <T>(key: string, read: (text: string) => T | undefined, allowed: string) => T | undefined;

function takeFrom(query: URLSearchParams, problems: Failure[]): Take {
  return (key, read, allowed) => {
    const text = query.get(key);
    if (text === null) return undefined;
    query.delete(key);
    const value = read(text);
    if (value === undefined) {
      problems.push(new Failure("address-value", `The link says ${text}.`, key, `Give ${allowed}.`));
    }
    return value;
  };
}

function readPicture(
  take: Take,
  query: URLSearchParams,
  schemaOf: SchemaLookup,
  problems: Failure[],
): Picture {
  const word = (text: string) => text;
  let [simulator, preset, rhythm] = (["simulator", "preset", "rhythm"] as const).map(
    (key) => take(key, word, "a name") ?? initialPicture[key],
  );
  let schema = schemaOf(simulator, preset, rhythm);
  if (schema === null) {
    problems.push(
      new Failure(
        "address-unknown",
        "There is no such combination of simulator, preset and rhythm.",
        `${simulator}, ${preset}, ${rhythm}`,
        "The workbench opened with its default instead.",
      ),
    );
    ({ simulator, preset, rhythm } = initialPicture);
    schema = schemaOf(simulator, preset, rhythm) ?? {};
  }
  return {
    simulator,
    preset,
    rhythm,
    seed:
      take("seed", number(0, 2 ** 32 - 1, true), "a whole number from 0 to 4294967295") ??
      initialPicture.seed,
    variation:
      take(
        "variation",
        (text) => (["exact", "drawn"] as const).find((name) => name === text),
        "exact or drawn",
      ) ?? initialPicture.variation,
    duration: take("duration", number(1, 120), "1 to 120 s") ?? initialPicture.duration,
    samplingFrequency:
      take("frequency", number(50, 2000), "50 to 2000 Hz") ?? initialPicture.samplingFrequency,
    overrides: readOverrides(query, schema, problems),
  };
}

function readOverrides(query: URLSearchParams, schema: Schema, problems: Failure[]): Values {
  const overrides: Record<string, Values[string]> = {};
  for (const [key, field] of Object.entries(schema)) {
    const text = query.get(key);
    if (text === null) continue;
    query.delete(key);
    try {
      const value = parseValue(key, field, text);
      if (value !== field.default) overrides[key] = value;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(error);
    }
  }
  return overrides;
}

function readRecordSelection(take: Take): RecordSelection | null {
  const hash = take(
    "record",
    (text) => (/^[0-9a-f]{64}$/.test(text) ? text : undefined),
    "a SHA-256 in hexadecimal",
  );
  const lead = take("lead", (text) => text, "a lead") ?? "";
  const start = take("from", number(0, 1e7), "a time in seconds") ?? 0;
  const beat = take("beat", number(0, 1e7, true), "the number of a beat") ?? null;
  return hash === undefined ? null : { hash, lead, start, beat };
}

function number(minimum: number, maximum: number, whole = false): (text: string) => number | undefined {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    return value >= minimum && value <= maximum && (!whole || Number.isInteger(value)) ? value : undefined;
  };
}

function writeCalipers(calipers: Calipers): string {
  return [round(calipers.from), round(calipers.to), ...(calipers.march ? ["march"] : [])].join(",");
}

function readCalipers(text: string): Calipers | undefined {
  const [from, to, march] = text.split(",");
  const [start, end] = [Number(from), Number(to)];
  if (!Number.isFinite(start) || !Number.isFinite(end) || to === undefined) return undefined;
  return { from: start, to: end, march: march === "march" };
}

/** Tenths of a millisecond are finer than any sample; more digits only make links long. */
function round(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}
