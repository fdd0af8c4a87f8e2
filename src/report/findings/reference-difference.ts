import type { ParameterName } from '../../contracts/voxels.ts';
import { studyRmse } from '../../tables/published/study-rmse.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import type { RmseLookup } from './rmse-lookup.ts';

/** `D: within 0.3 % at 10 SNRs (furthest at SNR 20: +0.3 %).`; nothing where no SNR is shared with the reference. */
export function referenceDifference(
  rmse: RmseLookup,
  fitter: string,
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
  const size = Math.abs(furthest.percent);
  const where =
    differences.length === 1 ? `at SNR ${numberText(furthest.snr, 3)}` : `at all ${differences.length} SNRs`;
  if (size < 0.005) return [`${parameter}: the same to 0.01 % ${where}.`];
  const told = `${furthest.percent > 0 ? '+' : '−'}${numberText(size, 2)} %`;
  return differences.length === 1
    ? [`${parameter}: ${told} ${where}.`]
    : [
        `${parameter}: within ${numberText(size, 2)} % ${where} (furthest at SNR ${numberText(furthest.snr, 3)}: ${told}).`,
      ];
}
