import type { Figure } from '../contracts/figure.ts';
import { STARTS, TRANSFER_DICE } from '../measures/segmentation-transfer.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** Series and their colours, of Okabe and Ito. */
const SERIES = [
  { start: STARTS.fineTuned, color: '#0072B2' },
  { start: STARTS.fromScratch, color: '#D55E00' },
] as const;

const figure: Figure = {
  title: 'Dice at the other field by people trained on',
  order: 1.2,
  caption:
    'Mean Dice with the true regions in people of the other field who are in no training, against the number of people of that field that a training used, with 95 % intervals over tested people. ' +
    'The dashed line is the network of the first field as it is.',
  draw(rows) {
    const dice = rows.filter(({ metric, value }) => metric === TRANSFER_DICE.name && Number.isFinite(value));
    const points = dice.flatMap((row) => {
      const { start } = row.factors;
      if (!SERIES.some((series) => series.start === start)) return [];
      const [value, low, high] = [row.value, row.ciLow, row.ciHigh].map(shorten);
      return [{ start, people: numericFactor(row, 'people'), value, low: low ?? value, high: high ?? value }];
    });
    if (points.length === 0) return null;
    const sizes = [...new Set(points.map(({ people }) => people))].sort((a, b) => a - b);
    const x = {
      field: 'people',
      type: 'quantitative' as const,
      scale: { type: 'log' as const, domain: [sizes[0] / 1.2, sizes.at(-1)! * 1.2], nice: false },
      axis: { title: 'people of the other field', values: sizes, grid: false, format: 'd' },
    };
    const y = {
      field: 'value',
      type: 'quantitative' as const,
      scale: { zero: false },
      axis: { title: 'Dice', tickCount: 5 },
    };
    const color = {
      field: 'start',
      type: 'nominal' as const,
      scale: { domain: SERIES.map(({ start }) => start), range: SERIES.map((series) => series.color) },
      legend: { title: null },
    };
    const tooltip = [
      { field: 'start', title: 'network' },
      { field: 'people', title: 'people' },
      { field: 'value', title: 'Dice', format: '.3f' },
      { field: 'low', title: '95 % interval from', format: '.3f' },
      { field: 'high', title: 'to', format: '.3f' },
    ];
    const unchanged = dice.filter(({ factors }) => factors.start === STARTS.asItIs);
    const asItIs = unchanged.map(({ value }) => ({
      data: { values: [{ value: shorten(value) }] },
      mark: { type: 'rule' as const, strokeDash: [4, 3], color: REFERENCE_COLOR, tooltip: true },
      encoding: { y },
    }));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 420,
      height: 260,
      layer: [
        ...asItIs,
        {
          data: { values: points },
          mark: { type: 'rule' as const, strokeWidth: 3, opacity: 0.35, strokeCap: 'round' as const },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, tooltip },
        },
        {
          data: { values: points },
          mark: { type: 'line' as const, tooltip: false },
          encoding: { x, y, color },
        },
        {
          data: { values: points },
          mark: { type: 'point' as const, filled: true, size: 42, opacity: 1 },
          encoding: { x, y, color, tooltip },
        },
      ],
    };
  },
};
export default figure;
