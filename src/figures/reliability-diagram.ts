import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { OBSERVED_SHARE, PREDICTED_SHARE } from '../measures/classification.ts';
import { REFERENCE_COLOR, seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Reliability of the probabilities',
  order: 1.2,
  caption:
    'Share of positive cases against the mean probability that a classifier gave them, in ten bins of the probability, over the trainings on all ' +
    'splits and from all seeds: on the population, or on the test cases where there is none. Bars are 95 % Wilson intervals, which count every ' +
    'training’s cases as different. On the grey diagonal probabilities are calibrated.',
  draw(rows) {
    const own = rows.filter(
      ({ factors }) => factors.condition === undefined && factors.training_cases === undefined,
    );
    const observed = own.filter(({ metric }) => metric === OBSERVED_SHARE.name);
    const set = ['population', 'test'].find((name) => observed.some(({ factors }) => factors.set === name));
    if (set === undefined) return null;
    const predicted = new Map(
      own.filter(({ metric }) => metric === PREDICTED_SHARE.name).map((row) => [binOf(row), row.value]),
    );
    const shown = observed.filter(({ factors }) => factors.set === set);
    const looks = seriesLooks(rows, [...new Set(shown.map(({ method }) => method))], undefined);
    const points = shown.map((row) => ({
      series: row.method,
      predicted: shorten(predicted.get(binOf(row))!),
      observed: shorten(row.value),
      low: shorten(row.ciLow),
      high: shorten(row.ciHigh),
      cases: row.n,
    }));
    const axis = { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: '.1f' };
    const scale = { domain: [0, 1] };
    const x = {
      field: 'predicted',
      type: 'quantitative' as const,
      scale,
      axis: { ...axis, title: 'mean probability', grid: false },
    };
    const y = {
      field: 'observed',
      type: 'quantitative' as const,
      scale,
      axis: { ...axis, title: 'share of positive cases' },
    };
    const color = { field: 'series', type: 'nominal' as const, title: null, scale: looks.color };
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 380,
      height: 340,
      layer: [
        {
          data: { values: [0, 1].map((at) => ({ predicted: at, observed: at })) },
          mark: { type: 'line', color: REFERENCE_COLOR, strokeWidth: 1, tooltip: false },
          encoding: { x, y },
        },
        {
          data: { values: points },
          mark: { type: 'rule', opacity: 0.6 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          data: { values: points },
          mark: { type: 'line', strokeWidth: 1.5, point: { size: 40 } },
          encoding: {
            x,
            y,
            color,
            tooltip: [
              { field: 'series', title: 'classifier' },
              { field: 'predicted', title: 'mean probability', format: '.2f' },
              { field: 'observed', title: 'share positive', format: '.2f' },
              { field: 'cases', title: 'cases' },
            ],
          },
        },
      ],
    };
  },
};
export default figure;

const binOf = ({ method, factors }: Row): string =>
  JSON.stringify([method, factors.set, factors.modality, factors.from, factors.to]);
