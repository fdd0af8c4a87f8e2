import type { Fitter } from '../contracts/fitter.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { loadFitter } from '../plugins/discover.ts';

/** A fitter in the input of a cell: everything about it that decides a result. Plain data. */
export interface FitterInUse extends Pick<FitterEntry, 'name' | 'module' | 'settings'> {
  /** See `Fitter.environment`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Describes a fitter of a config for the input of a cell. */
export async function fitterInUse({ name, module, settings }: FitterEntry): Promise<FitterInUse> {
  const fitter = await fitterOf({ module });
  return { name, module, settings, environment: (await fitter.environment?.(settings)) ?? {} };
}

/** Loads the fitter of a config entry or of a cell's input. */
export const fitterOf = async ({ module }: Pick<FitterEntry, 'module'>): Promise<Fitter> =>
  (await loadFitter(module)).value;
