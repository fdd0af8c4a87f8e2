import type { GatedValue, GatedValueId } from './gated-value.ts';

/**
 * What became of a figure. Red are `worse` (by more than 0.1 %, or significantly where a fitter trains), `drifted` (worse by less, where
 * nothing random has a part in it), `missing` and `failed` (not a number).
 */
export type Outcome = 'worse' | 'drifted' | 'missing' | 'failed' | 'better' | 'changed' | 'new' | 'same';

const RED: readonly Outcome[] = ['worse', 'drifted', 'missing', 'failed'];

/** A figure of a run beside the one that was accepted. */
export interface Verdict {
  readonly figure: GatedValueId;
  /** `trained alike` where the networks of this run are accepted ones, so that only their use is compared. */
  readonly kind: GatedValue['kind'] | 'trained alike';
  readonly outcome: Outcome;
  /** The number, or the median over seeds; NaN where there is none. */
  readonly accepted: number;
  readonly found: number;
  /** How much worse it is, on the scale of its metric; below 0 where it is better, NaN where that can't be said. */
  readonly loss: number;
  /** Probability of such a loss or a larger one by chance, corrected for all figures that were tested; NaN where nothing was. */
  readonly p: number;
  /** The smallest loss that would be found with 95 % probability; Infinity where none would be. */
  readonly detectable: number;
  /** Seeds of the run and of what was accepted; absent where nothing is random. */
  readonly seeds?: { readonly found: number; readonly accepted: number };
}

export const isRed = ({ outcome }: Verdict): boolean => RED.includes(outcome);
