import type { Figure } from '../contracts/figure.ts';
import { AUC } from '../measures/classification.ts';
import { CONDITIONS } from '../measures/conditions.ts';
import { idealOfAll } from '../tables/reading/classifiers.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { idealRule, populationAucAxis } from './look/ideal-auc.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'AUC by size of the training set',
  order: 1.4,
  caption:
    'AUC on the population against the number of training cases, on a logarithmic axis. Each point is one training; smaller sets are part of ' +
    'the larger ones. The line connects medians, and the grey line is the ideal observer.',
  draw(rows) {
    const trained = rows.filter(
      ({ metric, factors }) =>
        metric === AUC.name &&
        factors.set === 'population' &&
        factors.condition === CONDITIONS.learningCurve &&
        'split' in factors,
    );
    if (trained.length === 0) return null;
    const points = trained.map((row) => ({
      cases: numericFactor(row, 'training_cases'),
      auc: shorten(row.value),
      split: row.factors.split,
    }));
    const sizes = [...new Set(points.map(({ cases }) => cases))].sort((a, b) => a - b);
    const ideal = idealOfAll(rows);
    const x = {
      field: 'cases',
      type: 'quantitative' as const,
      scale: { type: 'log' as const, domain: [sizes[0] / 1.2, sizes.at(-1)! * 1.2], nice: false },
      axis: { title: 'training cases', values: sizes, grid: false, format: 'd' },
    };
    const y = populationAucAxis(trained.map(({ value }) => value));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 420,
      height: 260,
      layer: [
        ...idealRule(ideal, y),
        {
          data: { values: points },
          mark: { type: 'line' as const, color: '#0072B2' },
          encoding: { x, y: { ...y, aggregate: 'median' } },
        },
        {
          data: { values: points },
          mark: { type: 'point' as const, filled: true, size: 36, opacity: 0.6, color: '#0072B2' },
          encoding: {
            x,
            y,
            tooltip: [
              { field: 'cases', title: 'training cases' },
              { field: 'split', title: 'split' },
              { field: 'auc', title: 'AUC', format: '.3f' },
            ],
          },
        },
      ],
    };
  },
};
export default figure;
