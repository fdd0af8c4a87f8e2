import type { Fitter, Need } from '../contracts/fitter.ts';

/** What a fitter needs under these settings, its own schema's. */
export function needsOf({ needs = [] }: Fitter, settings: unknown): readonly Need[] {
  return typeof needs === 'function' ? needs(settings) : needs;
}
