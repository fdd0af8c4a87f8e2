import { Status, type StatusCode } from '../../contracts/voxels.ts';
import type { Swatch } from './swatch-key.ts';

/**
 * Colours of statuses (Okabe and Ito): greens and blues for estimates as they should be, warm ones for those to look at, greys
 * and browns where there is none.
 */
export const STATUS_COLORS: ReadonlyMap<number, string> = new Map<StatusCode, string>([
  [Status.converged, '#009E73'],
  [Status.atBound, '#E69F00'],
  [Status.fellBack, '#56B4E9'],
  [Status.outOfRange, '#CC79A7'],
  [Status.poorFit, '#D55E00'],
  [Status.fewSamples, '#F0E442'],
  [Status.notConverged, '#8c510a'],
  [Status.notFinite, '#6e7781'],
  [Status.notFitted, '#b4a7d6'],
]);

/** Words of statuses with their colours. */
export const statusSwatches = (
  statuses: readonly { readonly word: string; readonly code: number }[],
): Swatch[] =>
  statuses.map(({ word, code }) => ({ name: word, color: STATUS_COLORS.get(code) ?? '#000000' }));
