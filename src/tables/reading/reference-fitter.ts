import type { RunManifest } from '../../contracts/stored-run.ts';
import { fittersOf, nameOf } from './fitters-of.ts';

/**
 * Returns the name of `mmse` in a run, the fitter with the lowest mean squared error possible: the posterior mean under the
 * simulation's own prior with known noise. It is drawn as the floor and is not ranked.
 */
export const floorOf = (manifest: Pick<RunManifest, 'config'>): string | undefined =>
  nameOf(manifest, 'mmse');

/** Returns the names of all entries of `mmse`, such as one with the likelihood of another noise, which have the same prior knowledge. */
export const floorsOf = (manifest: Pick<RunManifest, 'config'>): string[] =>
  fittersOf(manifest).flatMap(({ name, use }) => (use === 'mmse' ? [name] : []));
