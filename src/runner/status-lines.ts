import { duration } from '../wording/duration.ts';
import type { RunTally } from './run-tally.ts';

/** The state of a run. */
export interface RunState {
  readonly title: string;
  readonly tally: RunTally;
  readonly planned: number;
  readonly workers: number;
  /** Running cells, with the latest message of each. */
  readonly running: ReadonlyMap<string, string>;
}

/** Returns one line for the run, and one for each running cell. */
export function statusLines(state: RunState): string[] {
  return [
    `${runLine(state)} (${state.title})`,
    ...[...state.running].map(([id, report]) => `  ${id}${report === '' ? '' : `: ${report}`}`),
  ];
}

/** `31 of 72 cells done, 1 failed, about 12 s left` */
function runLine({ tally, planned, workers }: RunState): string {
  const failed = tally.count('failed');
  const left = tally.count('waiting') === 0 ? null : tally.secondsLeft(workers);
  return [
    `${tally.count('done')} of ${planned} cells done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left === null ? [] : [`about ${duration(Math.max(1, Math.round(left)))} left`]),
  ].join(', ');
}
