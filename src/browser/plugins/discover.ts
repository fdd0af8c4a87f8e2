import type { Fitter } from '../../contracts/fitter.ts';
import { InputError } from '../../contracts/input-error.ts';
import type { Plugin } from '../../plugins/discover.ts';
import { didYouMean } from '../../plugins/nearest-name.ts';
import { fitters } from 'every:src/fitters';

/** Names of all fitters, which are in the bundle. */
export const fitterNames = (): string[] => Object.keys(fitters);

/**
 * Loads a fitter by its name.
 * @throws InputError if there is none
 */
export async function loadFitter(name: string): Promise<Plugin<Fitter>> {
  const load = Object.hasOwn(fitters, name) ? fitters[name] : undefined;
  if (!load) {
    const known = fitterNames();
    throw new InputError(`unknown fitter ${name}; allowed: ${known.join(', ')}${didYouMean(name, known)}`);
  }
  return { name, module: new URL(`fitter:${name}`), value: (await load()).default as Fitter };
}
