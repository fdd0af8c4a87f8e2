import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { parameterDisplay } from '../tables/reading/parameter-display.ts';
import { seriesName } from '../tables/reading/series.ts';
import { errorFrame } from './look/error-frame.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const QUANTILES = ['q05', 'q25', 'q50', 'q75', 'q95'] as const;
type Quantiles = Record<(typeof QUANTILES)[number], number>;

interface Box extends Quantiles {
  readonly snr: number;
  readonly series: string;
}

const figure: Figure = {
  title: 'Estimate minus truth',
  order: 2,
  caption:
    'Errors of single voxels per SNR and fitter, in the order of the legend: the line in the box is the median, the box holds the middle half of ' +
    'the voxels, the whiskers nine in ten. A small triangle marks a box or whisker that goes on beyond the frame; its ' +
    'numbers are in the tooltip. The study calls D Dt and f Fp.',
  draw(rows) {
    const drawn = rows.filter(
      (row) => quantileOf(row) !== null && Number.isFinite(numericFactor(row, 'snr')),
    );
    const parameters = PARAMETERS.filter((name) => drawn.some((row) => row.parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      drawn.map((row) => seriesName(row, ['snr'])),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1, minPanelWidth: 620 },
      columns: 1,
      spacing: 22,
      concat: parameters.map((name) =>
        panel(name, boxes(drawn.filter((row) => row.parameter === name)), looks),
      ),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

function quantileOf(row: Row): (typeof QUANTILES)[number] | null {
  return QUANTILES.find((name) => row.metric === `error_${name}`) ?? null;
}

function boxes(rows: readonly Row[]): Box[] {
  const found = new Map<string, { snr: number; series: string } & Partial<Quantiles>>();
  for (const row of rows) {
    const snr = numericFactor(row, 'snr');
    const series = seriesName(row, ['snr']);
    const key = `${snr} ${series}`;
    const box = found.get(key) ?? { snr, series };
    box[quantileOf(row)!] = row.value;
    found.set(key, box);
  }
  return [...found.values()].filter((box): box is Box =>
    QUANTILES.every((name) => Number.isFinite(box[name])),
  );
}

function panel(name: ParameterName, all: readonly Box[], looks: SeriesLooks) {
  const { meaning, study, unit, scale } = parameterDisplay[name];
  const [bottom, top] = errorFrame(all).map((edge) => shorten(edge * scale)!);
  const values = all.map((box) => {
    const scaled = Object.fromEntries(
      QUANTILES.map((quantile) => [quantile, shorten(box[quantile] * scale)]),
    );
    return {
      snr: shorten(box.snr),
      series: box.series,
      ...scaled,
      ...(box.q95 * scale > top ? { above: top } : {}),
      ...(box.q05 * scale < bottom ? { below: bottom } : {}),
    };
  });
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [bottom, top], nice: false },
    axis: { title: `error of ${name} (${unit})`, tickCount: 5 },
  };
  const place = {
    x: {
      field: 'snr',
      type: 'ordinal' as const,
      sort: 'ascending' as const,
      scale: { paddingInner: 0.2, paddingOuter: 0.1 },
      axis: { title: 'SNR', labelAngle: 0, labelExpr: "format(datum.value, '.3~g')", grid: false },
    },
    xOffset: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain: [...looks.series], paddingInner: 0.25 },
    },
  };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: looks.color,
    legend: { title: null, orient: 'top' as const, columns: 6, symbolType: 'square', symbolOpacity: 1 },
  };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    ...[
      ['q05', '5 %'],
      ['q25', '25 %'],
      ['q50', 'median'],
      ['q75', '75 %'],
      ['q95', '95 %'],
    ].map(([field, title]) => ({ field, title: `${title} (${unit})`, format: '+.3~g' })),
  ];
  const clipped = { clip: true, tooltip: true };
  const beyond = (field: 'above' | 'below') => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: {
      type: 'point' as const,
      shape: field === 'above' ? 'triangle-up' : 'triangle-down',
      filled: true,
      size: 22,
      opacity: 1,
      yOffset: field === 'above' ? 4 : -4,
    },
    encoding: { ...place, y: { ...y, field }, color, tooltip },
  });
  return {
    title: { text: name, subtitle: study === name ? meaning : `${meaning} (${study} in the study)` },
    width: 820,
    height: 190,
    data: { values },
    layer: [
      {
        mark: { type: 'rule' as const, strokeWidth: 0.8, strokeDash: [3, 3], tooltip: false },
        data: { values: [{}] },
        encoding: { y: { ...y, datum: 0 } },
      },
      {
        mark: { type: 'rule' as const, ...clipped, strokeWidth: 1.2 },
        encoding: { ...place, y: { ...y, field: 'q05' }, y2: { field: 'q95' }, color, tooltip },
      },
      {
        mark: { type: 'bar' as const, ...clipped, cornerRadius: 1 },
        encoding: { ...place, y: { ...y, field: 'q25' }, y2: { field: 'q75' }, color, tooltip },
      },
      {
        mark: { type: 'tick' as const, ...clipped, color: 'white', thickness: 1.6 },
        encoding: { ...place, y: { ...y, field: 'q50' }, tooltip },
      },
      beyond('above'),
      beyond('below'),
    ],
  };
}
