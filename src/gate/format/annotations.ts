import { gatedValueName } from '../gated-value.ts';
import type { GateOutcome } from '../outcome.ts';
import { isRed, type Verdict } from '../verdict.ts';
import { certaintyWords, lossWords, shownIn, valueWords } from './number-words.ts';

/** Returns workflow commands, a line each, which GitHub shows as annotations of a run. */
export function annotations({ verdicts, problems, slowdowns }: GateOutcome): string[] {
  return [
    ...problems.map((problem) => command('error', 'Run', problem)),
    ...verdicts
      .filter(isRed)
      .map((verdict) => command('error', `Accuracy: ${verdict.outcome}`, sentence(verdict))),
    ...slowdowns.map(({ time, times }) =>
      command('warning', 'Time', `${time.method} takes ${times.toFixed(1)} times as long as accepted`),
    ),
  ];
}

/** Describes a verdict in a line. */
export function sentence(verdict: Verdict): string {
  const { id, outcome, accepted, found, loss } = verdict;
  const { unit } = shownIn(id);
  const name = gatedValueName(id, unit === '' ? id.parameter : `${id.parameter} (${unit})`);
  if (outcome === 'missing') return `${name}: missing; accepted ${valueWords(id, accepted)}`;
  if (outcome === 'failed') return `${name}: not a number; accepted ${valueWords(id, accepted)}`;
  return `${name}: ${valueWords(id, accepted)} before, ${valueWords(id, found)} now (${lossWords(id.metric, loss)}, ${certaintyWords(verdict)})`;
}

/** Formats a workflow command: percent, line ends, and in properties colon and comma are encoded. */
function command(level: 'error' | 'warning', title: string, message: string): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = data(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${data(message)}`;
}
