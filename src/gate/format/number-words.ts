import { GATED_METRICS } from '../gated-metric.ts';
import { sameWithin } from '../judge-deterministic.ts';
import type { Verdict } from '../verdict.ts';

/** Four significant digits; a dash where there is no number. */
export const valueWords = (value: number): string =>
  Number.isNaN(value) ? '–' : String(Number(value.toPrecision(4)));

/** A loss as people say it: `+5.2 %`, or percentage points where it is a difference of fractions. */
export function lossWords(metric: string, loss: number): string {
  if (Number.isNaN(loss)) return '–';
  if (loss === Infinity) return 'none';
  const unit = GATED_METRICS.get(metric)?.scale === 'difference' ? 'points' : '%';
  const percent = 100 * loss;
  const digits = Math.abs(percent) >= 100 ? percent.toFixed(0) : String(Number(percent.toPrecision(2)));
  return `${loss > 0 ? '+' : ''}${digits} ${unit}`;
}

/** The smallest loss that is found. */
export const detectableWords = ({ figure, detectable }: Verdict): string =>
  detectable <= sameWithin(true) ? 'any' : lossWords(figure.metric, detectable);

/** How sure a verdict is. */
export function certaintyWords({ kind, outcome, p, seeds }: Verdict): string {
  if (outcome === 'new' || outcome === 'missing' || outcome === 'failed') return '–';
  if (kind === 'deterministic') return 'certain';
  if (kind === 'trained alike') return outcome === 'same' ? 'same networks' : 'certain (same networks)';
  if (Number.isNaN(p)) return 'not judged';
  return `p ${p < 1e-6 ? '< 1e-6' : Number(p.toPrecision(2))} (${seeds!.found} seeds against ${seeds!.accepted})`;
}
