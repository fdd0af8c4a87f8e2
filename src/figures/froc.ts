import type { Figure } from '../contracts/figure.ts';
import { FROC_SENSITIVITY } from '../measures/lesion-detection.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Lesions found by false positives per scan',
  order: 1.3,
  caption:
    'Free-response operating characteristic (FROC): the largest share of lesions found with no more false positives per scan, with 95 % bootstrap intervals over people. The dashed line is one false positive per scan.',
  draw(rows) {
    const found = rows.filter(
      ({ metric, value }) => metric === FROC_SENSITIVITY.name && Number.isFinite(value),
    );
    if (found.length === 0) return null;
    const looks = seriesLooks(
      rows,
      found.map(({ method }) => method),
      undefined,
    );
    const values = found.map((row) => {
      const [value, low, high] = [row.value, row.ciLow, row.ciHigh].map(shorten);
      const rate = numericFactor(row, 'false_positives');
      return { method: row.method, rate, value, low: low ?? value, high: high ?? value };
    });
    const rates = [...new Set(values.map(({ rate }) => rate))].sort((a, b) => a - b);
    const x = {
      field: 'rate',
      type: 'quantitative' as const,
      scale: { type: 'log' as const, domain: [rates[0] / 1.2, rates.at(-1)! * 1.2], nice: false },
      axis: { title: 'false positives per scan', values: rates, grid: false, format: '~g' },
    };
    const y = {
      field: 'value',
      type: 'quantitative' as const,
      scale: { domain: [0, 1] },
      axis: { title: 'sensitivity', tickCount: 5 },
    };
    const color = {
      field: 'method',
      type: 'nominal' as const,
      scale: looks.color,
      legend: { title: null, symbolOpacity: 1 },
    };
    const tooltip = [
      { field: 'method', title: 'method' },
      { field: 'rate', title: 'false positives per scan' },
      { field: 'value', title: 'sensitivity', format: '.2f' },
      { field: 'low', title: '95 % interval from', format: '.2f' },
      { field: 'high', title: 'to', format: '.2f' },
    ];
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 420,
      height: 260,
      data: { values },
      layer: [
        {
          data: { values: [{ rate: 1 }] },
          mark: { type: 'rule' as const, strokeDash: [4, 3], opacity: 0.5, tooltip: false },
          encoding: { x },
        },
        {
          mark: { type: 'rule' as const, strokeWidth: 3, opacity: 0.3, strokeCap: 'round' as const },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, tooltip },
        },
        { mark: { type: 'line' as const, tooltip: false }, encoding: { x, y, color } },
        {
          mark: { type: 'point' as const, filled: true, size: 42, opacity: 1 },
          encoding: { x, y, color, tooltip },
        },
      ],
    };
  },
};
export default figure;
