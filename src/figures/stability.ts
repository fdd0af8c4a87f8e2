import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CV_NET, MEAN_RANK_CORRELATION_DP_F } from '../measures/repeated-trainings.ts';
import { kaandorpNetworks, type PublishedNetwork } from '../tables/published/kaandorp-networks.ts';
import { isKaandorps } from '../tables/published/study-setting.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { nearestSnr } from '../tables/reading/nearest-snr.ts';
import { numberText } from '../tables/reading/number-text.ts';
import { byName } from '../tables/reading/series.ts';
import { COLORS } from './look/fitter-looks.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const LOOKS = { domain: ['this run', 'published'], range: [COLORS[0], REFERENCE_COLOR] };

interface Dot {
  readonly line: string;
  readonly whose: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const figure: Figure = {
  title: 'Dependence on the seed',
  order: 5.4,
  caption:
    'Variation between networks trained on the same voxels from different seeds: CV_NET of each parameter (spread over networks divided by ' +
    'the mean true value), and the mean absolute rank correlation of Dp and f in the estimates (the truth has none). Lower is better. Bars ' +
    'are 95 % intervals over networks. Grey, where the run has their simulation: values of Kaandorp et al. (2021) for the network ' +
    'of Barbieri 2020 (orig) and their own (optim).',
  draw(rows, _pictures, manifest) {
    const published = isKaandorps(manifest.config);
    const own = rows.filter(({ experiment, value }) => experiment === 'stability' && Number.isFinite(value));
    const snr = nearestSnr(own);
    const level = own.filter((row) => numericFactor(row, 'snr') === snr);
    const fitters = [...new Set(level.map(({ method }) => method))].sort(byName);
    const panels = [
      ...PARAMETERS.map((name) => ({
        title: `CV_NET of ${name}`,
        dots: dots(level, fitters, CV_NET.name, name, ({ cvNet }) => cvNet[name]),
      })),
      {
        title: 'Rank correlation of Dp and f',
        dots: dots(
          level,
          fitters,
          MEAN_RANK_CORRELATION_DP_F.name,
          '',
          ({ rankCorrelation }) => rankCorrelation,
        ),
      },
    ].filter((panel) => panel.dots.some(({ whose }) => whose === LOOKS.domain[0]));
    if (panels.length === 0) return null;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 2, minPanelWidth: 300 },
      columns: 2,
      spacing: 24,
      concat: panels.map((panel) =>
        drawPanel(
          panel.title,
          `at SNR ${numberText(snr, 3)}`,
          panel.dots.filter(({ whose }) => published || whose === LOOKS.domain[0]),
        ),
      ),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

function dots(
  rows: readonly Row[],
  fitters: readonly string[],
  metric: string,
  parameter: Row['parameter'],
  published: (network: PublishedNetwork) => number,
): Dot[] {
  const found = fitters.flatMap((fitter): Dot[] => {
    const row = rows.find(
      (each) => each.method === fitter && each.metric === metric && each.parameter === parameter,
    );
    if (!row) return [];
    const [value, low, high] = [row.value, row.ciLow, row.ciHigh].map(shorten);
    return [{ line: fitter, whose: LOOKS.domain[0], value, low, high }];
  });
  return [
    ...found,
    ...kaandorpNetworks.map((network) => ({
      line: network.name,
      whose: LOOKS.domain[1],
      value: published(network),
      low: null,
      high: null,
    })),
  ];
}

function drawPanel(title: string, subtitle: string, drawn: readonly Dot[]) {
  const color = { field: 'whose', type: 'nominal' as const, scale: LOOKS, legend: null };
  const y = {
    field: 'line',
    type: 'nominal' as const,
    sort: drawn.map(({ line }) => line),
    axis: { title: null, grid: true, labelLimit: 200, ticks: false, domain: false, labelFontSize: 12 },
  };
  const x = {
    type: 'quantitative' as const,
    scale: { zero: true },
    axis: { title, tickCount: 5, grid: false },
  };
  const tooltip = [
    { field: 'line', title: 'network' },
    ...['value', 'low', 'high'].map((field) => ({ field, title: field, format: '.3~g' })),
  ];
  return {
    title: { text: title, subtitle },
    width: 260,
    height: { step: 26 },
    data: { values: [...drawn] },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule' as const, strokeWidth: 4, opacity: 0.4, strokeCap: 'round' as const },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 64, opacity: 1 },
        encoding: { y, x: { ...x, field: 'value' }, color, tooltip },
      },
    ],
  };
}
