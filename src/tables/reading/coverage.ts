import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from './factor.ts';
import { withoutRuns } from './without-runs.ts';

/** Metrics that count how often intervals hold the truth, and how often they should. */
const NOMINAL: Readonly<Record<string, number>> = { coverage50: 0.5, coverage80: 0.8, coverage95: 0.95 };

/** One coverage of a run. */
export interface Coverage {
  readonly row: Row;
  readonly nominal: number;
  readonly snr: number;
}

/** The coverages of a run at its noise levels, those of single runs of repeated trainings aside. */
export const coveragesOf = (rows: readonly Row[]): Coverage[] =>
  withoutRuns(rows).flatMap((row) => {
    const nominal = NOMINAL[row.metric];
    const snr = numericFactor(row, 'snr');
    return nominal !== undefined && Number.isFinite(snr) && Number.isFinite(row.value)
      ? [{ row, nominal, snr }]
      : [];
  });
