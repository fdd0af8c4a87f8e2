import type { CellResult } from '../contracts/cell.ts';
import type { PreparedFitter } from '../contracts/fitter.ts';
import type { Row } from '../contracts/metric.ts';
import type { Signals } from '../contracts/voxels.ts';
import { calibrationTime } from '../metrics/timing/calibration-time.ts';
import { fitTime, type FitTimeOptions } from '../metrics/timing/fit-time.ts';
import { withInputGuard } from './input-guard.ts';
import type { Prepared } from './prepare.ts';
import { CALIBRATION_US, FIT_US_PER_VOXEL, PREPARE_S } from '../measures/timing.ts';
import { TRAINING_LOSS } from '../measures/training.ts';

/** A row without the fields that are the same in all rows of an experiment. */
export type Measured = Pick<Row, 'method' | 'metric' | 'value' | 'n'> & Partial<Row>;

export interface RecordedAs {
  readonly method: string;
  readonly cpu: string;
  /** Factors of all rows, such as the group of sessions. */
  readonly factors?: Row['factors'];
  /** Completes a row of the experiment. */
  readonly row: (measured: Measured) => Row;
}

/** Returns the result of a cell that prepared a fitter: time, training curve, notes and saved files. Disposes of the fitter. */
export async function recordedPreparation(
  { ready, seconds }: Prepared,
  {
    method,
    cpu,
    factors,
    row,
    seed,
    voxels,
  }: RecordedAs & { readonly seed: number; readonly voxels: number },
): Promise<CellResult> {
  const { losses = [], notes = [], backend = 'JavaScript', backendReason } = ready;
  const saved = await ready.save?.();
  ready.dispose?.();
  const took = { cpu, backend, threads: 1, ...factors };
  return {
    rows: [
      row({ method, factors: took, metric: PREPARE_S.name, value: seconds, unit: 's', n: 1 }),
      ...losses.map(({ epoch, loss }) =>
        row({ method, factors: { ...factors, epoch }, metric: TRAINING_LOSS.name, value: loss, n: voxels }),
      ),
    ],
    notes,
    facts: { seed, backend, ...(backendReason ? { backendReason } : {}) },
    ...(saved ? { files: saved.files } : {}),
  };
}

/**
 * Returns the result of a cell that times only `fit`, on one thread, together with the time of a calibration loop that
 * distinguishes a slower fitter from a slower machine. Disposes of the fitter.
 */
export async function recordedTime(
  ready: PreparedFitter,
  signals: Signals,
  { method, cpu, factors, row, timing }: RecordedAs & { readonly timing?: Partial<FitTimeOptions> },
): Promise<CellResult> {
  const time = await withInputGuard([signals], () => fitTime(ready, signals, timing));
  const { backend = 'JavaScript' } = ready;
  ready.dispose?.();
  const setting = { method, factors: { cpu, backend, threads: 1, ...factors }, unit: 'µs' };
  return {
    rows: [
      row({ ...setting, metric: CALIBRATION_US.name, value: calibrationTime(), n: 1 }),
      row({
        ...setting,
        metric: FIT_US_PER_VOXEL.name,
        value: time.median,
        ciLow: time.fastest,
        ciHigh: time.slowest,
        n: time.voxels,
      }),
    ],
  };
}
