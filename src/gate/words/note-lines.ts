import type { Json } from '../../contracts/experiment.ts';
import type { GateOutcome } from '../outcome.ts';
import { isRed } from '../verdict.ts';

/** `3 of 84 figures got worse; 2 changed otherwise; against results/reference/ci.json, accepted 2026-01-02 at 0123456789` */
export function headline({ verdicts, problems, against, reference }: GateOutcome): string {
  const red = verdicts.filter(isRed).length;
  const others = verdicts.filter((verdict) => !isRed(verdict) && verdict.outcome !== 'same').length;
  const commit = reference.git === null ? '' : ` at ${reference.git.commit.slice(0, 10)}`;
  return [
    ...(problems.length > 0 ? [`the run is not whole`] : []),
    red > 0
      ? `${red} of ${verdicts.length} figures got worse, are missing or failed`
      : `none of ${verdicts.length} figures got worse`,
    ...(others > 0 ? [`${others} changed otherwise`] : []),
    `against ${against}, accepted ${reference.accepted.slice(0, 10)}${commit}`,
  ].join('; ');
}

/** What may explain differences, and what is only a warning. */
export function noteLines({ notes, differences, slowdowns, verdicts }: GateOutcome): string[] {
  return [
    ...differences.map(
      ({ path, accepted, found }) =>
        `note: config: ${path} was ${shown(accepted)} where the figures were accepted and is ${shown(found)} here`,
    ),
    ...notes.map((note) => `note: ${note}`),
    ...slowdowns.map(
      ({ time, times }) =>
        `warning: ${time.fitter} takes ${times.toFixed(1)} times as long as accepted, against a loop timed beside it`,
    ),
    ...(verdicts.some(isRed) ? ['If this was meant, --update accepts it.'] : []),
  ];
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
