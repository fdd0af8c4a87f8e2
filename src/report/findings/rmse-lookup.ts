import type { Row } from '../../contracts/metric.ts';
import type { ParameterName } from '../../contracts/voxels.ts';
import { RMSE } from '../../measures/errors.ts';
import { numericFactor } from '../../tables/reading/factor.ts';

/** RMSE of a run by fitter, parameter and SNR. */
export interface RmseLookup {
  /** All SNRs with an RMSE, ascending. */
  readonly snrs: readonly number[];
  has(fitter: string): boolean;
  /** NaN where the run has none, or not the fitter. */
  at(fitter: string | undefined, parameter: ParameterName, snr: number): number;
}

/** Rows that were measured under other factors than SNR are left out: they have no single place here. */
export function rmseLookup(rows: readonly Row[]): RmseLookup {
  const values = new Map<string, number>();
  const fitters = new Set<string>();
  const snrs = new Set<number>();
  for (const row of rows) {
    const snr = numericFactor(row, 'snr');
    if (row.metric !== RMSE.name || Object.keys(row.factors).length !== 1 || !Number.isFinite(snr)) continue;
    values.set(`${row.method}\0${row.parameter}\0${snr}`, row.value);
    fitters.add(row.method);
    snrs.add(snr);
  }
  return {
    snrs: [...snrs].sort((a, b) => a - b),
    has: (fitter) => fitters.has(fitter),
    at: (fitter, parameter, snr) => values.get(`${fitter}\0${parameter}\0${snr}`) ?? NaN,
  };
}
