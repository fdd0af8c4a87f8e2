import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { missingB0Error } from '../signal/b-values.ts';
import { requireDifferent } from './measured-protocol.ts';

/** The number of unknowns: S0, D, f and Dp. */
const FEWEST = 4;
/** Beginning of notes on scans without b=0. */
export const WITHOUT_B0 = 'no volume has b=0';
/** Up to this lowest b-value (s/mm²), its signal may replace that at b=0, with a warning. */
const LOWEST = 10;

/**
 * Checks the b-values of signals against the fitter's requirements: its own `checkProtocol`, or four different b-values.
 * @throws InputError if they are not met
 */
export function checkBValues(name: string, fitter: Fitter, bValues: Float64Array, settings: unknown): void {
  if (fitter.checkProtocol) fitter.checkProtocol(bValues, settings);
  else requireDifferent(name, bValues, FEWEST);
}

/** b-values as passed to a fitter. */
export interface TakenBValues {
  readonly bValues: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Returns the b-values as passed to a fitter when b=0 may be missing. A fitter that estimates S0 receives them unchanged. For
 * the others the lowest counts as 0, which underestimates f; a note says by how much.
 * @throws InputError if the lowest is too high for that
 */
export function takenBValues(name: string, fitter: Fitter, bValues: Float64Array): TakenBValues {
  const [lowest] = bValues;
  if (!(lowest > 0)) return { bValues, notes: [] };
  if (fitter.estimatesS0) {
    const note = `${WITHOUT_B0}: the lowest b-value is ${lowest} s/mm², and S0 is estimated`;
    return { bValues, notes: [note] };
  }
  const percent = percentText(missingB0Error(lowest));
  const advice =
    'fitters that estimate S0, such as ls-s0, varpro or the default any-protocol-net, do without b=0';
  if (lowest > LOWEST) {
    throw new InputError(
      `${name} needs b=0: the lowest b-value is ${lowest} s/mm², where perfusion has decayed so far that f would be ` +
        `${percent} too low; allowed: up to ${LOWEST}. ${advice[0].toUpperCase()}${advice.slice(1)}`,
    );
  }
  const relabelled = bValues.slice();
  relabelled[0] = 0;
  return {
    bValues: relabelled,
    notes: [
      `${WITHOUT_B0}: the lowest b-value, ${lowest} s/mm², counts as b=0, which makes f ${percent} too low where Dp is ` +
        `0.04 mm²/s, and Dp too low as well; ${advice}`,
    ],
  };
}

function percentText(fraction: number): string {
  const percent = Math.round(100 * fraction);
  return percent < 1 ? 'less than 1 %' : `about ${percent} %`;
}
