import type { Json } from '../../contracts/experiment.ts';
import { counted } from '../../wording/counted.ts';
import type { GateOutcome } from '../outcome.ts';
import type { ConfigDifference } from '../config-differences.ts';
import { isRed } from '../verdict.ts';

/** `3 of 84 gated values got worse; 2 changed otherwise; against results/reference/ci.json, accepted 2026-01-02 at 0123456789` */
export function headline(outcome: GateOutcome): string {
  const { verdicts, problems, differences, against, reference } = outcome;
  const red = verdicts.filter(isRed).length;
  const others = verdicts.filter((verdict) => !isRed(verdict) && verdict.outcome !== 'same').length;
  const commit = reference.git === null ? '' : ` at ${reference.git.commit.slice(0, 10)}`;
  return [
    ...(problems.length > 0 ? [`the run is not whole`] : []),
    red > 0
      ? `${red} of ${counted(verdicts.length, 'gated value')} got worse, went missing or failed`
      : `none of ${counted(verdicts.length, 'gated value')} got worse`,
    ...(others > 0 ? [`${others} changed otherwise`] : []),
    ...(differences.length > 0 ? [`the config differs in ${pathsOf(differences)}`] : []),
    `against ${against}, accepted ${reference.accepted.slice(0, 10)}${commit}`,
  ].join('; ');
}

/** Returns possible explanations of differences, which are printed before them. */
export function causeLines({ notes, differences }: GateOutcome): string[] {
  return [
    ...differences.map(
      ({ path, accepted, found }) =>
        `note: config: ${path} was ${shown(accepted)} where the values were accepted and is ${shown(found)} here`,
    ),
    ...notes.map((note) => `note: ${note}`),
  ];
}

/** Returns warnings, and advice after a red outcome. */
export function closingLines({ slowdowns, verdicts }: GateOutcome): string[] {
  return [
    ...slowdowns.map(
      ({ time, times }) =>
        `warning: ${time.method} takes ${times.toFixed(1)} times as long as accepted, against a loop timed beside it`,
    ),
    ...(verdicts.some(isRed) ? ['If this was meant, --update accepts it.'] : []),
  ];
}

/** Lists the keys in which two configs differ. */
export const pathsOf = (differences: readonly ConfigDifference[]): string =>
  differences.map(({ path }) => path).join(', ');

function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
