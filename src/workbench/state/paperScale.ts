import { createStore } from "zustand/vanilla";
import { readSetting } from "../../storage/settings.ts";
import { cssPixelsPerMillimetre } from "../paper/geometry.ts";
import { workers } from "../workers.ts";

const key = "pixelsPerMillimetre";

/** CSS pixels in a real millimetre of this screen: the browser's guess until somebody has calibrated it. */
export const screenScale = createStore<{ readonly pixelsPerMillimetre: number }>(() => ({
  pixelsPerMillimetre: cssPixelsPerMillimetre,
}));

/** Takes the calibration that was made before, if any. */
export async function loadScreenScale(): Promise<void> {
  screenScale.setState({ pixelsPerMillimetre: await readSetting(key, cssPixelsPerMillimetre) });
}

/** Keeps a calibration for this screen. */
export async function saveScreenScale(pixelsPerMillimetre: number): Promise<void> {
  screenScale.setState({ pixelsPerMillimetre });
  await workers.records.writeSetting(key, pixelsPerMillimetre);
}
