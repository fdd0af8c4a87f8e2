import { factorWords } from '../gated-value.ts';
import type { Verdict } from '../verdict.ts';
import { certaintyWords, detectableWords, lossWords, valueWords } from './number-words.ts';

export const HEADERS = [
  'outcome',
  'fitter',
  'parameter',
  'at',
  'metric',
  'accepted',
  'found',
  'loss',
  'how sure',
  'detectable',
];

/** What a verdict says, in the order of `HEADERS`. */
export function verdictLine(verdict: Verdict): string[] {
  const { figure, outcome, accepted, found, loss } = verdict;
  const { method: fitter, parameter, metric } = figure;
  return [
    outcome,
    fitter,
    parameter,
    factorWords(figure).join(', '),
    metric,
    valueWords(accepted),
    valueWords(found),
    outcome === 'same' ? '0' : lossWords(metric, loss),
    certaintyWords(verdict),
    detectableWords(verdict),
  ];
}
