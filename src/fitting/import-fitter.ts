import type { Fitter } from '../contracts/fitter.ts';
import { importModule } from '../plugins/import-module.ts';

/** Loads a fitter from its module's address, known to hold one. */
export async function importFitter(address: string): Promise<Fitter> {
  const { default: fitter } = await importModule(new URL(address), 'fitter');
  return fitter as Fitter;
}
