import type { ParameterName } from '../../contracts/voxels.ts';
import { studyRmse } from '../../tables/published/study-rmse.ts';
import { decimalText, numberText } from '../../tables/reading/number-text.ts';
import type { RmseLookup } from './rmse-lookup.ts';

/** `D: within 0.3 % at 10 SNRs (furthest at SNR 20: +0.3 %).`; nothing where no SNR is shared with the reference. */
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
