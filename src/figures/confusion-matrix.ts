import type { Figure } from '../contracts/figure.ts';
import { CONFUSION } from '../measures/classification.ts';
import { classifierLines, overTrainings } from '../tables/reading/classifiers.ts';
import { shorten } from './look/shorten.ts';

/** What the cells of the matrix are, in the order of `CONFUSION`. */
const CELLS = [
  { truth: 'positive', decision: 'positive' },
  { truth: 'positive', decision: 'negative' },
  { truth: 'negative', decision: 'positive' },
  { truth: 'negative', decision: 'negative' },
] as const;

const CLASSES = ['positive', 'negative'];

const figure: Figure = {
  title: 'Confusion matrix',
  order: 1.3,
  caption:
    'Decisions (columns) on positive and negative cases (rows) where a probability of 0.5 or more counts as positive, of classifiers under the settings of the ' +
    'study: the median number of cases over splits and seeds, with the lowest and the highest in brackets. The colour is the share of the row. Left: test cases. ' +
    'Right: the population.',
  draw(rows) {
    const lines = classifierLines(rows).filter(({ condition }) => condition === '');
    const sets = (['test', 'population'] as const).filter((set) =>
      lines.some((line) => overTrainings(line, CONFUSION[0].name, set) !== null),
    );
    if (sets.length === 0) return null;
    const panels = lines.flatMap((line) =>
      sets.flatMap((set) => {
        const counts = CONFUSION.flatMap(({ name }) => overTrainings(line, name, set) ?? []);
        if (counts.length < CONFUSION.length) return [];
        const values = CELLS.map((cell, i) => {
          const { value, low, high } = counts[i];
          const other = counts[i ^ 1].value;
          return {
            ...cell,
            share: shorten(value / Math.max(1, value + other)),
            count: String(value),
            spread: low === high ? '' : `(${low}–${high})`,
          };
        });
        return matrix(`${line.method} · ${set === 'test' ? 'test cases' : 'population'}`, values);
      }),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: sets.length, minPanelWidth: 150, grid: true },
      columns: sets.length,
      spacing: 24,
      concat: panels,
    };
  },
};
export default figure;

function matrix(title: string, values: readonly object[]) {
  const x = {
    field: 'decision',
    type: 'nominal' as const,
    sort: CLASSES,
    axis: { title: 'decision', orient: 'bottom' as const, labelAngle: 0, grid: false },
  };
  const y = {
    field: 'truth',
    type: 'nominal' as const,
    sort: CLASSES,
    axis: { title: 'truth', grid: false },
  };
  const text = (field: string, dy: number, fontSize: number) => ({
    mark: { type: 'text' as const, dy, fontSize, tooltip: false },
    encoding: {
      x,
      y,
      text: { field, type: 'nominal' as const },
      color: { condition: { test: 'datum.share > 0.55', value: '#ffffff' }, value: '#1c1c1c' },
    },
  });
  return {
    title: { text: title, fontSize: 12 },
    width: 180,
    height: 110,
    data: { values: [...values] },
    layer: [
      {
        mark: { type: 'rect' as const, tooltip: true },
        encoding: {
          x,
          y,
          color: {
            field: 'share',
            type: 'quantitative' as const,
            scale: { domain: [0, 1], scheme: 'blues' as const },
            legend: null,
          },
        },
      },
      text('count', -7, 15),
      text('spread', 11, 11),
    ],
  };
}
