import type { Fitter } from '../../contracts/fitter.ts';
import { loadFitter } from '../plugins/discover.ts';

/** Loads a fitter from the address that `loadFitter` gives its module. */
export const importFitter = async (address: string): Promise<Fitter> =>
  (await loadFitter(new URL(address).pathname)).value;
