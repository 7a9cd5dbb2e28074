import type { CellSpecification } from "../domain/experiment.ts";
import type { Values } from "../domain/schema.ts";
import { workbenchVersion } from "../domain/version.ts";
import { withoutLaterDefaults } from "../neural/training/schema.ts";
import { sha256 } from "../records/hash.ts";
import { canonicalJson } from "./canonical.ts";

/** The hash of a value's canonical JSON. */
export const canonicalAddress = async (value: unknown): Promise<string> =>
  sha256(new TextEncoder().encode(canonicalJson(value)));

/**
 * The address of a cell: the hash of all that its result depends on. A setting that does not use a part of the
 * specification does not depend on it, so that cells which compute the same have the same address.
 */
export async function cellAddress(cell: CellSpecification): Promise<string> {
  const { synthetic, positives, pretraining: asked, ...others } = cell;
  // The same records are the same source, whatever it is called and in whatever order they come.
  const real = cell.real === null ? null : { ...cell.real, name: "", members: [...cell.real.members].sort() };
  const rest = { ...others, real, hyperparameters: withoutLaterDefaults(cell.hyperparameters) };
  const pretraining = asked && withoutLaterDefaults(asked);
  const used =
    cell.setting === "real"
      ? { ...rest, positives }
      : cell.setting === "synthetic"
        ? { ...rest, synthetic }
        : { ...rest, synthetic, positives, ...(pretraining === undefined ? {} : { pretraining }) };
  return canonicalAddress({ ...used, version: workbenchVersion });
}

/** Hyper-parameters of a cell's synthetic phase. */
export function pretrainingValues({ hyperparameters, pretraining, setting }: CellSpecification): Values {
  return setting === "syntheticToReal" ? (pretraining ?? hyperparameters) : hyperparameters;
}

/** The address of the synthetic phase of a cell: cells of other test sets and numbers of positives share it. */
export async function syntheticPhaseAddress(cell: CellSpecification): Promise<string> {
  const { task, architecture, split, form, synthetic, seed } = cell;
  const hyperparameters = withoutLaterDefaults(pretrainingValues(cell));
  const parts = { task, architecture, hyperparameters, split, form, synthetic, seed };
  return canonicalAddress({ phase: "synthetic", ...parts, version: workbenchVersion });
}
