import type { GatedValue, GatedValueId } from './gated-value.ts';

/**
 * The outcome for a gated value. Red are `worse` (by more than 0.1 %, or significantly for a fitter that trains), `drifted` (a
 * deterministic value worse by less), `missing` and `failed` (not a number).
 */
export type Outcome = 'worse' | 'drifted' | 'missing' | 'failed' | 'better' | 'changed' | 'new' | 'same';

const RED: readonly Outcome[] = ['worse', 'drifted', 'missing', 'failed'];

/** Comparison of a gated value with the accepted one. */
export interface Verdict {
  readonly id: GatedValueId;
  /** `trained alike` if the networks of this run are identical to accepted ones, so that only their estimates are compared. */
  readonly kind: GatedValue['kind'] | 'trained alike';
  readonly outcome: Outcome;
  /** The number, or the median over seeds; NaN if there is none. */
  readonly accepted: number;
  readonly found: number;
  /** How much worse it is, on the scale of its metric; negative if it is better, NaN if unknown. */
  readonly loss: number;
  /** p value of the loss, corrected for all tested values; NaN if none was tested. */
  readonly p: number;
  /** The smallest loss that would be detected with 95 % probability; Infinity if none would be. */
  readonly detectable: number;
  /** Seeds of the run and of the accepted values; absent for deterministic values. */
  readonly seeds?: { readonly found: number; readonly accepted: number };
}

export const isRed = ({ outcome }: Verdict): boolean => RED.includes(outcome);
