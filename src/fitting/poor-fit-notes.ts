import { POOR_FIT_BELOW } from '../preparation/residual-test.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

/** From this share on, something about the whole scan is wrong rather than about its voxels. */
const MOST = 0.5;

/**
 * Returns a note on the voxels whose signals their estimate does not explain; nothing if there are none.
 * @param poor voxels with the status `poorFit`
 * @param fitted voxels with an estimate
 */
export function poorFitNotes(poor: number, fitted: number): string[] {
  if (poor === 0) return [];
  const percent = (100 * poor) / fitted;
  const share = `${percent.toPrecision(percent < 1 ? 1 : 2)} %`;
  const advice =
    poor > MOST * fitted
      ? 'so many say that sigma is too small, or that b-values and volumes do not belong together'
      : `trust ${oneOrMore(poor, 'its', 'their')} D, f and Dp less`;
  return [
    `${poor} of ${counted(fitted, 'voxel')} (${share}) ${oneOrMore(poor, 'has', 'have')} signals that differ from the fitted decay by more than noise explains ` +
      `(status poorFit; ${100 * POOR_FIT_BELOW} % are expected by chance): ${advice}`,
  ];
}
