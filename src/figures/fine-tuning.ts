import type { Figure } from '../contracts/figure.ts';
import { AUC } from '../measures/classification.ts';
import { CONDITIONS } from '../measures/conditions.ts';
import { idealOfAll } from '../tables/reading/classifiers.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { idealRule, populationAucAxis } from './look/ideal-auc.ts';
import { shorten } from './look/shorten.ts';

/** Series and their names: colours of Okabe and Ito. */
const SERIES = [
  { condition: CONDITIONS.fineTuned, name: 'fine-tuned', color: '#0072B2' },
  { condition: CONDITIONS.fromScratch, name: 'from scratch', color: '#D55E00' },
] as const;

const figure: Figure = {
  title: 'Fine-tuning on another scanner',
  order: 1.45,
  caption:
    'AUC on a population imaged by another scanner, against the number of its cases that training used. Fine-tuned: from the weights of a ' +
    'network trained on the scanner of the study; 0 cases is that network as it is. From scratch: from random weights. Each point is one ' +
    'training on one split; lines connect medians, and the grey line is the ideal observer.',
  draw(rows) {
    const values = rows.flatMap((row) => {
      const series = SERIES.find(({ condition }) => condition === row.factors.condition);
      const wanted = row.metric === AUC.name && row.factors.set === 'population' && 'split' in row.factors;
      if (!series || !wanted) return [];
      const cases = numericFactor(row, 'training_cases');
      return [{ series: series.name, cases, auc: shorten(row.value)!, split: row.factors.split }];
    });
    if (values.length === 0) return null;
    const ideal = idealOfAll(rows);
    const x = {
      field: 'cases',
      type: 'ordinal' as const,
      axis: { title: 'training cases of the other scanner', labelAngle: 0, grid: false },
    };
    const y = populationAucAxis(values.map(({ auc }) => auc));
    const color = {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain: SERIES.map(({ name }) => name), range: SERIES.map((series) => series.color) },
      legend: { title: null },
    };
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 420,
      height: 260,
      layer: [
        ...idealRule(ideal, y),
        {
          data: { values },
          mark: { type: 'line' as const, tooltip: false },
          encoding: { x, y: { ...y, aggregate: 'median' as const }, color },
        },
        {
          data: { values },
          mark: { type: 'point' as const, filled: true, size: 36, opacity: 0.6 },
          encoding: {
            x,
            y,
            color,
            tooltip: [
              { field: 'series', title: 'training' },
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
