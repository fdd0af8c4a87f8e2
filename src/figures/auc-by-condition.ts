import type { Figure } from '../contracts/figure.ts';
import { AUC } from '../measures/classification.ts';
import { CONDITIONS } from '../measures/conditions.ts';
import { classifierLines, conditionText, idealAucs, overTrainings } from '../tables/reading/classifiers.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'AUC of every training',
  order: 1,
  caption:
    'AUC of every training, of all classifiers and conditions: each point is one training on one split; the vertical bar is their median. ' +
    'Left: on the test cases of its split. Right: on the population, which is the same for all. The grey line is the ideal observer of the ' +
    'same images. The spread on the left, not between the points on the right, is what one small test set would have shown by chance.',
  draw(rows) {
    const lines = classifierLines(rows);
    if (lines.length === 0) return null;
    const ideal = idealAucs(rows);
    const nameOf = (line: (typeof lines)[number]): string =>
      [
        line.method,
        line.condition === '' ? (line.modality === 'all' ? '' : line.modality) : conditionText(line),
      ]
        .filter((part) => part !== '')
        .join(' · ');
    const names = lines.map(nameOf);
    const sets = (['test', 'population'] as const).filter((set) =>
      lines.some((line) => overTrainings(line, AUC.name, set) !== null),
    );
    const all = lines.flatMap((line) =>
      line.rows
        .filter(({ metric, factors }) => metric === AUC.name && 'split' in factors)
        .map(({ value }) => value),
    );
    const lowest = Math.floor(20 * Math.min(...all.filter(Number.isFinite))) / 20;
    const panel = (set: (typeof sets)[number]) => {
      const points = lines.flatMap((line, i) =>
        line.rows
          .filter(({ metric, factors }) => metric === AUC.name && factors.set === set && 'split' in factors)
          .map(({ value, factors }) => ({
            name: names[i],
            auc: shorten(value),
            split: factors.split,
            seed: factors.seed ?? '',
          })),
      );
      const medians = lines.flatMap((line, i) => {
        const median = overTrainings(line, AUC.name, set);
        return median === null ? [] : [{ name: names[i], auc: shorten(median.value) }];
      });
      const bounds = lines.flatMap((line, i) => {
        const value = line.condition === CONDITIONS.shuffled ? undefined : ideal.get(line.modality);
        return value === undefined ? [] : [{ name: names[i], auc: shorten(value) }];
      });
      const y = {
        field: 'name',
        type: 'nominal' as const,
        sort: names,
        title: null,
        axis: { labels: set === sets[0], ticks: false, labelLimit: 240, grid: true },
      };
      const x = {
        field: 'auc',
        type: 'quantitative' as const,
        scale: { domain: [lowest, 1] },
        axis: { title: 'AUC', grid: false, tickCount: 5 },
      };
      return {
        title: { text: set === 'test' ? 'test cases' : 'population' },
        width: 280,
        height: { step: 22 },
        layer: [
          {
            data: { values: bounds },
            mark: { type: 'tick' as const, color: REFERENCE_COLOR, thickness: 2, size: 18, tooltip: false },
            encoding: { x, y },
          },
          {
            data: { values: points },
            mark: { type: 'point' as const, filled: true, size: 32, opacity: 0.55, color: '#0072B2' },
            encoding: {
              x,
              y,
              tooltip: [
                { field: 'name', title: 'classifier' },
                { field: 'split', title: 'split' },
                { field: 'seed', title: 'seed' },
                { field: 'auc', title: 'AUC', format: '.3f' },
              ],
            },
          },
          {
            data: { values: medians },
            mark: { type: 'tick' as const, color: '#D55E00', thickness: 2, size: 14 },
            encoding: { x, y, tooltip: [{ field: 'auc', title: 'median AUC', format: '.3f' }] },
          },
        ],
      };
    };
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      spacing: 16,
      hconcat: sets.map(panel),
      resolve: { scale: { y: 'shared', x: 'shared' } },
    };
  },
};
export default figure;
