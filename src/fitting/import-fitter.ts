import type { Fitter } from '../contracts/fitter.ts';
import { importModule } from '../plugins/import-module.ts';

/** Loads a fitter from the address of a module that is known to export one. */
export async function importFitter(address: string): Promise<Fitter> {
  const { default: fitter } = await importModule(new URL(address), 'fitter');
  return fitter as Fitter;
}
