import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { missingB0Error } from '../signal/b-values.ts';
import { requireDifferent } from './scheme.ts';

/** S0, D, f and Dp are as many unknowns. */
const FEWEST = 4;
/** How notes on scans without b=0 begin. */
export const WITHOUT_B0 = 'no volume has b=0';
/** Up to this lowest b-value (s/mm²) its signal may stand for that at b=0, with a warning. */
const LOWEST = 10;

/**
 * Checks the b-values of signals against what a fitter needs: its own `checkProtocol`, or four different b-values.
 * @throws InputError where they won't do
 */
export function checkBValues(name: string, fitter: Fitter, bValues: Float64Array, settings: unknown): void {
  if (fitter.checkProtocol) fitter.checkProtocol(bValues, settings);
  else requireDifferent(name, bValues, FEWEST);
}

/** b-values as a fitter takes them. */
export interface TakenBValues {
  readonly bValues: Float64Array;
  readonly notes: readonly string[];
}

/**
 * The b-values of signals that may lack b=0, as a fitter takes them. One that estimates S0 gets them as they are. For
 * the others the lowest counts as 0, which makes f too low; a note says by how much.
 * @throws InputError where the lowest is too high for that
 */
export function takenBValues(name: string, fitter: Fitter, bValues: Float64Array): TakenBValues {
  const [lowest] = bValues;
  if (!(lowest > 0)) return { bValues, notes: [] };
  if (fitter.estimatesS0) {
    const note = `${WITHOUT_B0}: the lowest b-value is ${lowest} s/mm², and S0 is estimated`;
    return { bValues, notes: [note] };
  }
  const percent = Math.round(100 * missingB0Error(lowest));
  const advice =
    'fitters that estimate S0, such as ls-s0, varpro or the default any-protocol-net, do without b=0';
  if (lowest > LOWEST) {
    throw new InputError(
      `${name} needs b=0: the lowest b-value is ${lowest} s/mm², where perfusion has decayed so far that f would be ` +
        `about ${percent} % too low; allowed: up to ${LOWEST}. ${advice[0].toUpperCase()}${advice.slice(1)}`,
    );
  }
  const relabelled = bValues.slice();
  relabelled[0] = 0;
  return {
    bValues: relabelled,
    notes: [
      `${WITHOUT_B0}: the lowest b-value, ${lowest} s/mm², counts as b=0, which makes f about ${percent} % too low ` +
        `where Dp is 0.04 mm²/s; ${advice}`,
    ],
  };
}
