import type { Figure } from '../contracts/figure.ts';
import { NRMSE_PERCENT } from '../measures/reconstruction.ts';
import { baseOfChanges, changesIn } from '../tables/reading/reconstruction-changes.ts';
import { reconstructionMethods, reconstructionValue } from '../tables/reading/reconstruction-methods.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const UNCHANGED = 'unchanged';
const HEAD = 'another head';

const figure: Figure = {
  title: 'Other data than in training',
  order: 4,
  caption:
    'Root-mean-square error in per cent of the true image with the noise, the acceleration, the contrast or the head changed against training, and against ' +
    'the choice of weights: means over subjects with their 95 % intervals.',
  draw(rows) {
    const changes = changesIn(rows);
    const base = baseOfChanges(rows);
    if (changes.length === 0 || base === undefined) return null;
    const methods = reconstructionMethods(rows);
    const looks = seriesLooks(rows, methods, undefined);
    const columns = [
      { name: UNCHANGED, factors: { set: 'test', ...base } },
      ...changes.map(({ name }) => ({ name, factors: { set: 'test', changed: name } })),
      { name: HEAD, factors: { set: 'other', ...base } },
    ];
    const points = columns.flatMap(({ name, factors }) =>
      methods.flatMap((method) => {
        const found = reconstructionValue(rows, method, NRMSE_PERCENT, factors);
        if (found === null) return [];
        const [value, low, high] = [found.value, found.low, found.high].map(shorten);
        return [{ change: name, method, value, low, high }];
      }),
    );
    const names = columns.map(({ name }) => name);
    const x = {
      field: 'change',
      type: 'nominal' as const,
      sort: names,
      title: null,
      axis: { labelAngle: 0, labelLimit: 120 },
    };
    const xOffset = { field: 'method', type: 'nominal' as const, sort: methods, scale: { domain: methods } };
    const y = {
      type: 'quantitative' as const,
      scale: { zero: true },
      axis: { title: 'NRMSE (%)' },
    };
    const legend = { title: null, orient: 'top' as const, columns: 5 };
    const color = { field: 'method', type: 'nominal' as const, scale: looks.color, legend };
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 620,
      height: 260,
      data: { values: points },
      layer: [
        {
          mark: { type: 'rule' as const, strokeWidth: 2, tooltip: false },
          encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'point' as const, filled: true, size: 50, opacity: 1 },
          encoding: {
            x,
            xOffset,
            y: { ...y, field: 'value' },
            color,
            shape: { field: 'method', type: 'nominal' as const, scale: looks.dot, legend },
            tooltip: [
              { field: 'change', title: 'changed' },
              { field: 'method', title: 'method' },
              { field: 'value', title: 'NRMSE (%)', format: '.3~f' },
              { field: 'low', title: '95 % interval from', format: '.3~f' },
              { field: 'high', title: 'to', format: '.3~f' },
            ],
          },
        },
      ],
    };
  },
};
export default figure;
