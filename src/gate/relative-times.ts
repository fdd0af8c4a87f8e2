import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import { CALIBRATION_US, FIT_US_PER_VOXEL } from '../measures/timing.ts';
import { gatedValueKey, type GatedValueId } from './gated-value.ts';

/** The metric of the calibration loop that is timed in the same process as a fitter. */
export const CALIBRATION = CALIBRATION_US.name;
const TIME = FIT_US_PER_VOXEL.name;

/**
 * A fitter's time per voxel relative to the calibration loop, which a slower machine slows down as well. The minimum over the
 * repeats of either, since other load only adds time.
 */
export type RelativeTime = Pick<GatedValueId, 'experiment' | 'method' | 'factors'> & {
  readonly ratio: number;
};

/** A ratio above this causes a warning; on a busy machine identical code comes close to it. */
const SLOWER = 2;

/** Factors that do not distinguish times: the machine, and how much ran at the same time. */
const CIRCUMSTANCES: readonly string[] = ['cpu', CONCURRENT_CELLS];

const setting = ({ factors }: Row): Row['factors'] =>
  Object.fromEntries(Object.entries(factors).filter(([name]) => !CIRCUMSTANCES.includes(name)));

/** Returns the times of a run for which the calibration loop was timed too. */
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

/** A fitter that takes longer than before. */
export interface Slowdown {
  readonly time: RelativeTime;
  /** Factor relative to the accepted ratio. */
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
