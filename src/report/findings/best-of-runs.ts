import type { Row } from '../../contracts/metric.ts';
import type { StoredRun } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { BEST_RMSE_RATIO, LOSS_RANK_CORRELATION } from '../../measures/repeated-trainings.ts';
import { numberText, decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { wordList } from '../phrases/lists-in-words.ts';

/** Is the network of lowest loss among several closer to the truth than the median one? */
const bestOfRuns: FindingOf = ({ rows }) => ({
  reported: 'The study trains ten networks at each noise level and keeps the one with the lowest loss.',
  source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
  found: [...new Set(rows.map(({ method }) => method))].flatMap((fitter) =>
    PARAMETERS.flatMap((parameter) =>
      sentence(rows.filter((row) => row.method === fitter && row.parameter === parameter)),
    ),
  ),
  otherwise: 'This run trained no networks on the voxels of each noise level.',
});
export default {
  order: 13,
  against: 'paper',
  experiments: ['per-snr'],
  general: true,
  find: bestOfRuns,
  answer: inShort,
} satisfies FindingSource;

/** The parameters in which the network with the lowest loss is better than the median one, for the first fitter. */
function inShort({ rows }: StoredRun): string | undefined {
  const overall = rows.filter(
    ({ metric, factors, value }) =>
      metric === BEST_RMSE_RATIO.name && factors.snr === undefined && Number.isFinite(value),
  );
  if (overall.length === 0) return undefined;
  const [{ method, n }] = overall;
  const own = overall.filter((row) => row.method === method);
  const parts = [
    ['is better than the median network in', own.filter(({ ciHigh }) => ciHigh < 1)],
    ['is worse in', own.filter(({ ciLow }) => ciLow > 1)],
    ['does not differ detectably in', own.filter(({ ciLow, ciHigh }) => ciLow <= 1 && ciHigh >= 1)],
  ] as const;
  const said = parts
    .filter(([, some]) => some.length > 0)
    .map(([words, some]) => `${words} ${wordList(some.map(({ parameter }) => parameter))}`);
  return `${method}: the network with the lowest loss of ${n} ${wordList(said)}.`;
}

/** @param rows those of one fitter and parameter */
function sentence(rows: readonly Row[]): string[] {
  const overall = rows.find(
    ({ metric, factors }) => metric === BEST_RMSE_RATIO.name && factors.snr === undefined,
  );
  if (!overall || !Number.isFinite(overall.value)) return [];
  const { method, parameter, n, value, ciLow, ciHigh } = overall;
  const percent = (ratio: number) => numberText(Math.abs(100 * (ratio - 1)), 2);
  const [low, high] = [ciLow, ciHigh].map((ratio) => decimalText(100 * (ratio - 1), 0));
  const verdict =
    ciHigh < 1
      ? `has an RMSE ${percent(value)} % lower than`
      : ciLow > 1
        ? `has an RMSE ${percent(value)} % higher than`
        : 'does not differ detectably in RMSE from';
  const correlations = rows
    .filter(({ metric, value: rho }) => metric === LOSS_RANK_CORRELATION.name && Number.isFinite(rho))
    .map(({ value: rho }) => rho)
    .sort((a, b) => a - b);
  const together =
    correlations.length === 0
      ? ''
      : `; the rank correlation of loss and RMSE over runs is ${decimalText(correlations[0], 2)} to ${decimalText(correlations.at(-1)!, 2)}`;
  return [
    `${method}, ${parameter}: the network with the lowest loss of ${n} ${verdict} the median network (mean over SNRs, 95 % interval ${low} to ${high} %)${together}.`,
  ];
}
