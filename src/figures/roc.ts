import type { Figure } from '../contracts/figure.ts';
import { TRUE_POSITIVE_RATE } from '../measures/classification.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { REFERENCE_COLOR, seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'ROC curves',
  order: 1.1,
  caption:
    'Sensitivity against 1 − specificity on the population (on the test cases where there is none) under the settings of the study: at each ' +
    'false-positive rate, the median over splits and seeds. The grey dashed curve is that of the ideal observer of the same images; on the ' +
    'diagonal a classifier guesses.',
  draw(rows) {
    const curves = rows.filter(
      ({ metric, factors }) =>
        metric === TRUE_POSITIVE_RATE.name &&
        factors.condition === undefined &&
        factors.training_cases === undefined,
    );
    const set = ['population', 'test'].find((name) =>
      curves.some(({ factors, n }) => factors.set === name && n > 0),
    );
    const shown = curves.filter(({ factors }) => factors.set === set && isOfAllImages(factors.modality));
    if (set === undefined || shown.length === 0) return null;
    const networks = shown.filter(({ n }) => n > 0);
    const looks = seriesLooks(rows, [...new Set(networks.map(({ method }) => method))], undefined);
    const points = networks.map((row) => ({
      series: row.method,
      rate: shorten(numericFactor(row, 'false_positive_rate')),
      found: shorten(row.value),
      ...looks.marksOf(row.method),
    }));
    const ideals = shown.filter(({ n }) => n === 0);
    // A study of one image has no observer of all.
    const together = ideals.some(({ factors }) => factors.modality === 'all')
      ? 'all'
      : ideals[0]?.factors.modality;
    const ideal = ideals
      .filter(({ factors }) => factors.modality === together)
      .map((row) => ({
        rate: shorten(numericFactor(row, 'false_positive_rate')),
        found: shorten(row.value),
      }));
    const axis = { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: '.1f' };
    const x = {
      field: 'rate',
      type: 'quantitative' as const,
      scale: { domain: [0, 1] },
      axis: { ...axis, title: '1 − specificity', grid: false },
    };
    const y = {
      field: 'found',
      type: 'quantitative' as const,
      scale: { domain: [0, 1] },
      axis: { ...axis, title: 'sensitivity' },
    };
    const still = { color: REFERENCE_COLOR, tooltip: false };
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      width: 380,
      height: 340,
      layer: [
        {
          data: { values: [0, 1].map((at) => ({ rate: at, found: at })) },
          mark: { type: 'line', strokeWidth: 1, ...still },
          encoding: { x, y },
        },
        ...(ideal.length > 0
          ? [
              {
                data: { values: ideal },
                mark: { type: 'line' as const, strokeWidth: 2, strokeDash: [4, 2], ...still },
                encoding: { x, y },
              },
            ]
          : []),
        {
          data: { values: points },
          mark: { type: 'line', strokeWidth: 2 },
          encoding: {
            x,
            y,
            color: { field: 'series', type: 'nominal', title: null, scale: looks.color },
            strokeDash: { field: 'dash', type: 'nominal', scale: null },
            tooltip: [
              { field: 'series', title: 'classifier' },
              { field: 'rate', title: '1 − specificity', format: '.2f' },
              { field: 'found', title: 'sensitivity', format: '.3f' },
            ],
          },
        },
      ],
    };
  },
};
export default figure;

const isOfAllImages = (modality: unknown): boolean =>
  modality === 'all' || modality === undefined || modality === 'adc';
