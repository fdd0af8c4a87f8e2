import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import type { ParameterName } from '../../contracts/voxels.ts';
import { RMSE } from '../../measures/errors.ts';
import { studyRmse } from '../../tables/published/study-rmse.ts';
import { nearness } from '../../tables/published/study-setting.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { decimalText, numberText } from '../../tables/reading/number-text.ts';

/** RMSE of a run by fitter, parameter and SNR. */
export interface RmseLookup {
  /** All SNRs with an RMSE, ascending. */
  readonly snrs: readonly number[];
  has(fitter: string): boolean;
  /** NaN if the run does not have it. */
  at(fitter: string | undefined, parameter: ParameterName, snr: number): number;
}

/** Rows with factors other than SNR are omitted, since they are several per fitter, parameter and SNR. */
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

/** Whether a run's data are the study's or drawn from the same distributions, so that values are comparable. */
export const comparable = (manifest: RunManifest): boolean => nearness(manifest.config) !== 'another setting';

/** States whether a difference is due to the method alone. */
export function voxelsNote(manifest: RunManifest): string[] {
  return nearness(manifest.config) === 'same voxels'
    ? ['Both use the same 10,000 voxels at each SNR.']
    : [
        'This run has other voxels than the study’s 10,000 per SNR, so part of the difference is sampling error.',
      ];
}

/** `D: within 0.3 % at 10 SNRs (furthest at SNR 20: +0.3 %).`; empty if the reference has none of the SNRs. */
export function referenceDifference(
  rmse: RmseLookup,
  fitter: string | undefined,
  reference: 'leastSquares' | 'bayesFloor',
  parameter: ParameterName,
): string[] {
  const differences = studyRmse.sigma.flatMap((sigma, level) => {
    const wanted = studyRmse.S0 / sigma;
    const snr = rmse.snrs.find((candidate) => Math.abs(candidate / wanted - 1) < 1e-4);
    if (snr === undefined) return [];
    const percent = 100 * (rmse.at(fitter, parameter, snr) / studyRmse[reference][parameter][level] - 1);
    return Number.isFinite(percent) ? [{ snr, percent }] : [];
  });
  if (differences.length === 0) return [];
  const furthest = differences.reduce((a, b) => (Math.abs(b.percent) > Math.abs(a.percent) ? b : a));
  const size = decimalText(Math.abs(furthest.percent), 2);
  const sign = furthest.percent > 0 ? '+' : '−';
  const place = `at SNR ${numberText(furthest.snr, 3)}`;
  if (differences.length === 1) return [`${parameter}: ${sign}${size} % ${place}.`];
  return size === '0.00'
    ? [`${parameter}: the same to 0.01 % at all ${differences.length} SNRs.`]
    : [
        `${parameter}: within ${size} % at all ${differences.length} SNRs (furthest ${place}: ${sign}${size} %).`,
      ];
}
