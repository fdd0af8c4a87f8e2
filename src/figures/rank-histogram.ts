import type { Figure } from '../contracts/figure.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RANK_SHARES } from '../measures/intervals.ts';
import { quantityOf } from '../measures/quantities.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { rankSharesOf, type RankShareRow } from '../tables/reading/rank-shares.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { coverageMarks, nameOf } from './look/coverage-marks.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { extentOf } from './look/extent.ts';
import { shorten } from './look/shorten.ts';

/** 97.5 % quantile of the normal distribution. */
const Z95 = 1.96;

/** Smaller shares are drawn here: there may be none, which a logarithmic axis cannot show. */
const LEAST = 0.1;

const figure: Figure = {
  title: 'Ranks of the truth',
  order: 1.32,
  caption:
    'Share of the voxels whose true value lies between two quantiles of the distribution that the fitter reports, relative to the share that ' +
    'should (2.5, 7.5, 15, 25, 25, 15, 7.5 and 2.5 %), mean over the SNRs: simulation-based calibration. Ranks in a posterior are ' +
    'uniform, 1 everywhere, if voxels are drawn from its prior. High at both ends: intervals too narrow; high in the middle: too wide; a slope: ' +
    'biased. Axes are logarithmic, and shares below 0.1 of the nominal are drawn at 0.1. The grey band holds 95 % of uniform ranks of one SNR. Distributions are normal piece by piece between quantiles if the fitter gives ' +
    'them, otherwise normal with its standard deviation.',
  draw(rows, _pictures, manifest) {
    const shares = rankSharesOf(rows);
    const parameters = PARAMETERS.filter((name) => shares.some(({ row }) => row.parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      shares.map(({ row }) => nameOf(row)),
      floorOf(manifest),
    );
    const drawn = shares.map(({ row, share }) => Math.max(LEAST, row.value / (share.to - share.from)));
    const domain = extentOf([0.5, 2, ...drawn]);
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: parameters.length,
      spacing: 24,
      concat: protocolsOf(shares.map(({ row }) => row)).flatMap((protocol) =>
        parameters.map((name) =>
          histogram(
            name,
            protocol,
            shares.filter(({ row }) => row.parameter === name && protocolOf(row) === protocol),
            looks,
            domain,
          ),
        ),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

/** @param protocol '' where there is one */
function histogram(
  name: ParameterName,
  protocol: string,
  shares: readonly RankShareRow[],
  looks: SeriesLooks,
  domain: readonly number[],
) {
  const voxels = extentOf(shares.map(({ row }) => row.n))[0];
  const middle = (bin: { from: number; to: number }) => shorten(50 * (bin.from + bin.to));
  const band = RANK_SHARES.map((bin) => {
    const nominal = bin.to - bin.from;
    const reach = Z95 * Math.sqrt((1 - nominal) / (nominal * voxels));
    return { rank: middle(bin), low: shorten(Math.max(LEAST, 1 - reach)), high: shorten(1 + reach) };
  });
  const points = looks.series.flatMap((series) =>
    RANK_SHARES.flatMap((bin) => {
      const own = shares.filter(({ share, row }) => share === bin && nameOf(row) === series);
      if (own.length === 0) return [];
      const mean = own.reduce((sum, { row }) => sum + row.value, 0) / own.length;
      return [{ series, rank: middle(bin), relative: shorten(Math.max(LEAST, mean / (bin.to - bin.from))) }];
    }),
  );
  const x = {
    field: 'rank',
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    axis: { values: [0, 25, 50, 75, 100], format: 'd', title: 'rank of the truth (%)', grid: false },
  };
  const y = {
    field: 'relative',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: domain.map((edge) => shorten(edge)!), nice: false },
    axis: {
      title: `share over the nominal, ${name}`,
      values: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20],
      format: '~g',
    },
  };
  return {
    title: { text: name, subtitle: protocol === '' ? quantityOf(name).label : protocol },
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: band },
        mark: { type: 'area' as const, color: REFERENCE_COLOR, opacity: 0.25, tooltip: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      ...coverageMarks(points, { x, y }, looks, [
        { field: 'series', title: 'fitter' },
        { field: 'rank', title: 'middle of the bin (%)', format: '~g' },
        { field: 'relative', title: 'share over the nominal', format: '.3~g' },
      ]),
    ],
  };
}
