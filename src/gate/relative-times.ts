import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import { CALIBRATION_US, FIT_US_PER_VOXEL } from '../measures/timing.ts';
import { gatedValueKey, type GatedValueId } from './gated-value.ts';

/** The metric of a loop that is timed beside a fitter, in the same process. */
export const CALIBRATION = CALIBRATION_US.name;
const TIME = FIT_US_PER_VOXEL.name;

/**
 * A fitter's time per voxel in units of the loop timed beside it, which a slower machine slows down as well. Of both the quickest
 * repeat counts: other work only ever adds.
 */
export type RelativeTime = Pick<GatedValueId, 'experiment' | 'method' | 'factors'> & {
  readonly ratio: number;
};

/** Slower than this against what was accepted is worth a warning; on a busy machine identical code comes near it. */
const SLOWER = 2;

/** What a time is told apart by: not the machine, nor what ran beside it. */
const setting = ({ factors }: Row): Row['factors'] =>
  Object.fromEntries(Object.entries(factors).filter(([name]) => name !== 'cpu' && name !== CONCURRENT_CELLS));

/** The times of a run whose loop was timed too. */
export function relativeTimes(rows: readonly Row[]): RelativeTime[] {
  const idOf = (row: Row) => ({ experiment: row.experiment, method: row.method, factors: setting(row) });
  const loops = new Map(
    rows.filter(({ metric }) => metric === CALIBRATION).map((row) => [timeKey(idOf(row)), row.value]),
  );
  return rows
    .filter(({ metric }) => metric === TIME)
    .map((row) => ({ ...idOf(row), ratio: row.ciLow / (loops.get(timeKey(idOf(row))) ?? NaN) }))
    .filter(({ ratio }) => Number.isFinite(ratio));
}

/** A fitter that takes longer than it did. */
export interface Slowdown {
  readonly time: RelativeTime;
  /** By what the accepted ratio is multiplied. */
  readonly times: number;
}

export function slowdowns(accepted: readonly RelativeTime[], found: readonly RelativeTime[]): Slowdown[] {
  const known = new Map(accepted.map((time) => [timeKey(time), time.ratio]));
  return found
    .map((time) => ({ time, times: time.ratio / (known.get(timeKey(time)) ?? NaN) }))
    .filter(({ times }) => times > SLOWER);
}

const timeKey = (id: Pick<GatedValueId, 'experiment' | 'method' | 'factors'>): string =>
  gatedValueKey({ ...id, parameter: '', metric: TIME });
