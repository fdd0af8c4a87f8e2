import type { Job, Measurement } from './job.ts';
import type { Missing } from './sides.ts';
import { spread, type Spread } from './statistics.ts';

/** A job's outcome, as `bench.json` holds it. Times are in microseconds per unit. */
export interface Line {
  readonly job: string;
  readonly title: string;
  readonly unit: string;
  readonly ours: (Spread & { readonly version: string }) | Missing;
  readonly peer:
    | (Spread & { readonly name: string; readonly version: string })
    | (Missing & { readonly name: string });
  /** Peer's time over ours, round by round. */
  readonly ratio: Spread | null;
  readonly atLeast: number | null;
  /** Share of the voxels both fitted on which our objective is at or below the peer's (relative 1e-6). */
  readonly asGood: number | null;
  readonly sentence: string;
}

export function compareRounds(
  name: string,
  job: Job,
  peerName: string,
  pairs: readonly (readonly [Measurement | Missing, Measurement | Missing])[],
): Line {
  const mine = times(pairs.map(([side]) => side));
  const theirs = times(pairs.map(([, side]) => side));
  const ratio =
    mine.times && theirs.times ? spread(mine.times.map((time, round) => theirs.times[round] / time)) : null;
  const asGood = quality(pairs[0]);
  const ours = mine.times ? { ...spread(mine.times), version: mine.version } : mine;
  const peer = theirs.times
    ? { ...spread(theirs.times), version: theirs.version, name: peerName }
    : { ...theirs, name: peerName };
  const sentence = [
    `${job.title}: `,
    'missing' in ours ? ours.missing : `${short(ours.median)} µs per ${job.unit}`,
    ratio ? `, ${short(ratio.median)} x ${peerName} (${short(ratio.low)} to ${short(ratio.high)})` : '',
    'missing' in peer ? `; ${peerName}: ${peer.missing}` : '',
    job.atLeast === null ? '' : `, asked for ${job.atLeast} x`,
    asGood === null ? '' : `, as good on ${(100 * asGood).toFixed(2)} %`,
  ].join('');
  return {
    job: name,
    title: job.title,
    unit: job.unit,
    ours,
    peer,
    ratio,
    atLeast: job.atLeast,
    asGood,
    sentence,
  };
}

export function short(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
}

type Times = { readonly times: number[]; readonly version: string };

function times(
  sides: readonly (Measurement | Missing)[],
): Times | (Missing & { readonly times?: undefined }) {
  const found: number[] = [];
  let version = '';
  for (const side of sides) {
    if ('missing' in side) return { missing: side.missing };
    found.push((1e6 * side.seconds) / side.units);
    version = side.version;
  }
  return { times: found, version };
}

function quality([mine, theirs]: readonly [Measurement | Missing, Measurement | Missing]): number | null {
  if ('missing' in mine || 'missing' in theirs || !mine.objective || !theirs.objective) return null;
  const both = Math.min(mine.objective.length, theirs.objective.length);
  let good = 0;
  for (let i = 0; i < both; i++) {
    const bar = theirs.objective[i];
    if (mine.objective[i] <= bar + 1e-6 * Math.abs(bar)) good++;
  }
  return good / both;
}
