import { ALL_MEASURES } from '../../measures/all-measures.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { counted } from '../../wording/counted.ts';
import { pValueText, significant } from '../../wording/significant.ts';
import { GATED_METRICS } from '../gated-metric.ts';
import type { GatedValueId } from '../gated-value.ts';
import { sameWithin } from '../judge-deterministic.ts';
import type { Verdict } from '../verdict.ts';

/** Returns the unit in which the report shows a gated value, '' if it has none, and the factor from the stored unit. */
export function shownIn({ metric, parameter }: GatedValueId): { unit: string; scale: number } {
  const { unit, shownUnit, scale } = quantityOf(parameter);
  const inUnit = unit !== '' && MEASURES.get(metric)?.unit(parameter) === unit;
  return inUnit ? { unit: shownUnit, scale } : { unit: '', scale: 1 };
}

const MEASURES = new Map(ALL_MEASURES.map((measure) => [measure.name, measure]));

/** Formats a gated value in its displayed unit with four significant digits; a dash for NaN. */
export const valueWords = (id: GatedValueId, value: number): string =>
  Number.isNaN(value) ? '–' : significant(value * shownIn(id).scale, 4);

/** Formats a loss: `+5.2 %`, or percentage points if it is a difference of fractions. */
export function lossWords(metric: string, loss: number): string {
  if (Number.isNaN(loss)) return '–';
  if (loss === Infinity) return 'none';
  const unit = GATED_METRICS.get(metric)?.scale === 'difference' ? 'points' : '%';
  const percent = 100 * loss;
  const digits = Math.abs(percent) >= 100 ? percent.toFixed(0) : significant(percent, 2);
  return `${loss > 0 ? '+' : ''}${digits} ${unit}`;
}

/** Formats the smallest detectable loss. */
export const detectableWords = ({ id, detectable }: Verdict): string =>
  detectable <= sameWithin(true) ? 'any' : lossWords(id.metric, detectable);

/** Describes the certainty of a verdict. */
export function certaintyWords({ kind, outcome, p, seeds }: Verdict): string {
  if (outcome === 'new' || outcome === 'missing' || outcome === 'failed') return '–';
  if (kind === 'deterministic') return 'certain';
  if (kind === 'trained alike') return outcome === 'same' ? 'same networks' : 'certain (same networks)';
  if (Number.isNaN(p)) return 'not judged';
  return `p ${pValueText(p)} (${counted(seeds!.found, 'seed')} against ${seeds!.accepted})`;
}
