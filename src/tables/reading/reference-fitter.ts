import type { RunManifest } from '../../contracts/stored-run.ts';
import { fittersOf, nameOf } from './fitters-of.ts';

/**
 * What a run calls the fitter no other can beat on average, `mmse`: the posterior mean under the simulation's own prior with the
 * noise level known. It is drawn as the floor under every curve and takes no part in who is best.
 */
export const floorOf = (manifest: Pick<RunManifest, 'config'>): string | undefined =>
  nameOf(manifest, 'mmse');

/** What a run calls all fitters that are `mmse`, as with the likelihood of another noise: they know as much as the floor does. */
export const floorsOf = (manifest: Pick<RunManifest, 'config'>): string[] =>
  fittersOf(manifest).flatMap(({ name, use }) => (use === 'mmse' ? [name] : []));
