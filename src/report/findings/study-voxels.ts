import type { RunManifest } from '../../contracts/stored-run.ts';
import { nearness } from '../../tables/published/study-setting.ts';

/** Whether a run's data are the study's or drawn like them, so that figures may be held side by side. */
export const comparable = (manifest: RunManifest): boolean => nearness(manifest.config) !== 'another setting';

/** Says whether a difference is one of method alone. */
export function voxelsNote(manifest: RunManifest): string[] {
  return nearness(manifest.config) === 'same voxels'
    ? ['These are the very same 10,000 voxels at each SNR.']
    : ['These are not the study’s 10,000 voxels per SNR, so chance is part of the difference.'];
}
