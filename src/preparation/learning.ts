import type { Fitter } from '../contracts/fitter.ts';
import { needsOf } from '../plugins/needs-of.ts';

/** Whether a fitter trains, so that its estimates depend on a seed. */
export const trains = ({ trains }: Pick<Fitter, 'trains'>): boolean => trains !== undefined;

/** Whether a fitter learns a prior or trains a network from given voxels, rather than having all its parameters in advance. */
export const learnsFromVoxels = (fitter: Fitter, settings: unknown): boolean =>
  fitter.trains === 'on given voxels' || needsOf(fitter, settings).includes('allVoxels');

/** Whether a preparation can be saved and loaded instead of learning again. */
export const hasSavedModels = (fitter: Fitter, settings: unknown): boolean =>
  trains(fitter) || learnsFromVoxels(fitter, settings);
