import { BOUND, type Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { FAILED_FRACTION, RMSE } from '../../measures/errors.ts';
import { numericFactor } from './factor.ts';
import { grouped } from './grouped.ts';
import { floorsOf } from './reference-fitter.ts';
import { seriesName } from './series.ts';

/** Errors of fitters with a larger fraction of failed voxels are not compared: omitting difficult voxels lowers the error. */
export const FEW_FAILED = 0.01;

/** Fitter and all factors except SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** Selects the errors of one parameter, SNR and protocol that are compared: no floor, no bound, few failures. */
export function contend(level: readonly Row[], manifest: Pick<RunManifest, 'config'>): Row[] {
  const floors = floorsOf(manifest);
  const failing = new Set(
    level.filter((row) => row.metric === FAILED_FRACTION.name && row.value > FEW_FAILED).map(nameOf),
  );
  return level.filter(
    (row) =>
      row.metric === RMSE.name &&
      row.method !== BOUND &&
      !floors.includes(row.method) &&
      Number.isFinite(row.value) &&
      !failing.has(nameOf(row)),
  );
}

/** Returns the compared errors for each parameter and SNR of a run with one protocol. */
export function contendersOf(rows: readonly Row[], manifest: Pick<RunManifest, 'config'>): Row[][] {
  const kept = rows.filter(
    (row) => !Number.isNaN(numericFactor(row, 'snr')) && PARAMETERS.some((name) => name === row.parameter),
  );
  const levels = grouped(kept, (row) => `${row.parameter} ${numericFactor(row, 'snr')}`);
  return [...levels.values()].map((level) => contend(level, manifest));
}
