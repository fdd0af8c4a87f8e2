import type { Fitter } from '../contracts/fitter.ts';
import { needsOf } from './needs-of.ts';

/**
 * Whether a fitter trains, be it on voxels it is given or on its own: what it answers then depends on a seed. Those that train on their
 * own are known by their saved model, which decides their settings.
 */
export const learns = (fitter: Fitter, settings: unknown): boolean =>
  needsOf(fitter, settings).includes('training') || fitter.settingsWithModel !== undefined;
