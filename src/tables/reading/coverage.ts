import type { Row } from '../../contracts/metric.ts';
import { COVERAGES } from '../../measures/intervals.ts';
import { numericFactor } from './factor.ts';
import { withoutRuns } from './without-runs.ts';

const NOMINAL = new Map(COVERAGES.map(({ name, nominal }) => [name, nominal]));

/** One coverage of a run. */
export interface Coverage {
  readonly row: Row;
  readonly nominal: number;
  readonly snr: number;
}

/** Returns the coverages of a run at its noise levels, without those of single runs of repeated trainings. */
export const coveragesOf = (rows: readonly Row[]): Coverage[] =>
  withoutRuns(rows).flatMap((row) => {
    const nominal = NOMINAL.get(row.metric);
    const snr = numericFactor(row, 'snr');
    return nominal !== undefined && Number.isFinite(snr) && Number.isFinite(row.value)
      ? [{ row, nominal, snr }]
      : [];
  });
