import type { RunManifest } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { nearness } from '../../tables/published/study-setting.ts';
import type { FindingOf } from './finding.ts';
import { referenceDifference } from './reference-difference.ts';
import { rmseLookup } from './rmse-lookup.ts';

/** How far `ls` is from the RMSE of the study's own code. */
export const sameLeastSquares: FindingOf = ({ rows, manifest }) => ({
  reported: paperClaims.leastSquares.text,
  source: paperClaims.leastSquares.source,
  found: PARAMETERS.flatMap((parameter) =>
    usable(manifest) ? referenceDifference(rmseLookup(rows), 'ls', 'leastSquares', parameter) : [],
  ).concat(usable(manifest) && rmseLookup(rows).has('ls') ? voxelsNote(manifest) : []),
  otherwise: 'This run did not fit ls to voxels like the study’s.',
});

export const usable = (manifest: RunManifest): boolean => nearness(manifest.config) !== 'another setting';

/** Says when a difference is also one of voxels. */
export function voxelsNote(manifest: RunManifest): string[] {
  return nearness(manifest.config) === 'same voxels'
    ? ['These are the very same 10,000 voxels at each SNR.']
    : ['These are not the study’s 10,000 voxels per SNR, so chance is part of the difference.'];
}
