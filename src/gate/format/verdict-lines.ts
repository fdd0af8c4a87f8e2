import { factorWords } from '../gated-value.ts';
import type { Verdict } from '../verdict.ts';
import { certaintyWords, detectableWords, lossWords, shownIn, valueWords } from './number-words.ts';

export const HEADERS = [
  'outcome',
  'fitter',
  'parameter',
  'at',
  'metric',
  'accepted',
  'found',
  'unit',
  'loss',
  'how sure',
  'detectable',
];

/** Returns the cells of a verdict, in the order of `HEADERS`. */
export function verdictLine(verdict: Verdict): string[] {
  const { id, outcome, accepted, found, loss } = verdict;
  const { method, parameter, metric } = id;
  return [
    outcome,
    method,
    parameter,
    factorWords(id).join(', '),
    metric,
    valueWords(id, accepted),
    valueWords(id, found),
    shownIn(id).unit,
    outcome === 'same' ? '0' : lossWords(metric, loss),
    certaintyWords(verdict),
    detectableWords(verdict),
  ];
}
