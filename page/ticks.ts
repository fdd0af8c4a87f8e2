import { logTicks } from '../src/figures/look/log-ticks.ts';

/** The largest number of ticks. */
const MOST = 6;

/** Returns round numbers from `low` to `high` for an axis. */
export function ticksOf(low: number, high: number, log: boolean): number[] {
  if (log) return logTicks(low, high, MOST);
  const rough = (high - low) / MOST;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
