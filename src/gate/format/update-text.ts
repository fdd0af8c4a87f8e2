import { counted } from '../../wording/counted.ts';
import type { GateOutcome } from '../outcome.ts';
import type { Reference } from '../reference.ts';
import { sentence } from './annotations.ts';

/**
 * Describes the changes of the accepted values by a run.
 * @param kept fitters whose accepted values are kept
 */
export function updateText(
  file: string,
  { values }: Reference,
  outcome: GateOutcome | null,
  kept: Reference['kept'] = {},
): string {
  const seeds = new Map(
    values.flatMap((gated) => (gated.kind === 'trained' ? [[gated.method, gated.values.length]] : [])),
  );
  const changed = outcome?.verdicts.filter((verdict) => verdict.outcome !== 'same') ?? [];
  return [
    ...changed.map((verdict) => `${verdict.outcome}: ${sentence(verdict)}`),
    `${file}: ${counted(values.length, 'gated value')} accepted${outcome ? `, of which ${changed.length} changed` : ''}`,
    ...Object.entries(kept).map(
      ([fitter, { accepted }]) => `${fitter}: as accepted ${accepted.slice(0, 10)}`,
    ),
    ...[...seeds].map(([fitter, count]) => `${fitter}: ${counted(count, 'seed')}`),
    '',
  ].join('\n');
}
