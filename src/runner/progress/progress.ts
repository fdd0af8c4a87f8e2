import type { RunTally } from '../run-tally.ts';

/** How a run tells people where it is. Everything goes to standard error: results belong to standard output. */
export interface Progress {
  /** The state of things has changed; called often. */
  update(view: ProgressView): void;
  /** The last call. */
  end(): Promise<void>;
}

export interface ProgressView {
  readonly tally: RunTally;
  readonly planned: number;
  readonly workers: number;
  /** Cells being done, with what they last said. */
  readonly running: ReadonlyMap<string, string>;
}

/** `31 of 72 cells done, 1 failed, about 12 s left` */
export function progressLine({ tally, planned, workers }: ProgressView): string {
  const failed = tally.count('failed');
  const left = tally.count('waiting') === 0 ? null : tally.secondsLeft(workers);
  return [
    `${tally.count('done')} of ${planned} cells done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left === null ? [] : [`about ${duration(left)} left`]),
  ].join(', ');
}

/** `8 s`, `2 min 10 s`, `1 h 5 min` */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
