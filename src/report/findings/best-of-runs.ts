import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { BEST_RMSE_RATIO, LOSS_RANK_CORRELATION } from '../../measures/repeated-trainings.ts';
import { numberText, decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Whether the network of lowest loss among several is nearer to the truth than the middle one. */
const bestOfRuns: FindingOf = ({ rows }) => ({
  reported: 'Of ten trainings at each noise level the study keeps the network of lowest loss.',
  source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
  found: [...new Set(rows.map(({ method: fitter }) => fitter))].flatMap((fitter) =>
    PARAMETERS.flatMap((parameter) =>
      sentence(rows.filter((row) => row.method === fitter && row.parameter === parameter)),
    ),
  ),
  otherwise: 'This run trained no networks on the voxels of each noise level.',
});
export default { order: 13, experiments: ['per-snr'], find: bestOfRuns } satisfies FindingSource;

/** @param rows those of one fitter and parameter */
function sentence(rows: readonly Row[]): string[] {
  const overall = rows.find(
    ({ metric, factors }) => metric === BEST_RMSE_RATIO.name && factors.snr === undefined,
  );
  if (!overall || !Number.isFinite(overall.value)) return [];
  const { method: fitter, parameter, n, value, ciLow, ciHigh } = overall;
  const percent = (ratio: number) => numberText(Math.abs(100 * (ratio - 1)), 2);
  const [low, high] = [ciLow, ciHigh].map((ratio) => decimalText(100 * (ratio - 1), 0));
  const verdict =
    ciHigh < 1
      ? `is worth ${percent(value)} % of RMSE`
      : ciLow > 1
        ? `costs ${percent(value)} % of RMSE`
        : 'is worth nothing that can be told';
  const correlations = rows
    .filter(({ metric, value: rho }) => metric === LOSS_RANK_CORRELATION.name && Number.isFinite(rho))
    .map(({ value: rho }) => rho)
    .sort((a, b) => a - b);
  const together =
    correlations.length === 0
      ? ''
      : `; loss and RMSE have a rank correlation of ${decimalText(correlations[0], 2)} to ${decimalText(correlations.at(-1)!, 2)} over runs`;
  return [
    `${fitter}, ${parameter}: the lowest loss of ${n} ${verdict} against the median network (mean over SNRs, interval ${low} to ${high} %)${together}.`,
  ];
}
