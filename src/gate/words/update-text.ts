import type { GateOutcome } from '../outcome.ts';
import type { Reference } from '../reference.ts';
import { sentence } from './annotations.ts';

/** What accepting a run changes. */
export function updateText(file: string, accepted: Reference, outcome: GateOutcome | null): string {
  const { figures } = accepted;
  const seeds = new Map(
    figures.flatMap((figure) => (figure.kind === 'trained' ? [[figure.fitter, figure.values.length]] : [])),
  );
  const changed = outcome?.verdicts.filter((verdict) => verdict.outcome !== 'same') ?? [];
  return [
    ...changed.map((verdict) => `${verdict.outcome}: ${sentence(verdict)}`),
    `${file}: ${figures.length} figures accepted${outcome ? `, of which ${changed.length} changed` : ''}`,
    ...[...seeds].map(([fitter, count]) => `${fitter}: ${count} ${count === 1 ? 'seed' : 'seeds'}`),
    '',
  ].join('\n');
}
