import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import {
  TRAINING_ACCURACY,
  TRAINING_LOSS,
  VALIDATION_ACCURACY,
  VALIDATION_LOSS,
} from '../measures/training.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { byName } from '../tables/reading/series.ts';
import { shorten } from './look/shorten.ts';

/** What the two panels of a network show. */
const PANELS = [
  { title: 'loss', training: TRAINING_LOSS, validation: VALIDATION_LOSS },
  { title: 'accuracy', training: TRAINING_ACCURACY, validation: VALIDATION_ACCURACY },
] as const;

const CASES = { domain: ['training', 'validation'], range: ['#0072B2', '#D55E00'] };

const figure: Figure = {
  title: 'Training curves',
  order: 1.7,
  caption:
    'Loss and accuracy per epoch of networks that classify, under the settings of the study: a thin line per training, thick lines are medians over splits ' +
    'and seeds. On training cases they are means over the steps of the epoch, with dropout and augmentation; on validation cases, values after it. The kept ' +
    'weights are those of the epoch with the lowest validation loss.',
  draw(rows) {
    const own = rows.filter(
      ({ metric, factors }) => metric === TRAINING_ACCURACY.name && factors.condition === undefined,
    );
    const networks = [...new Set(own.map(({ method }) => method))].sort(byName);
    if (networks.length === 0) return null;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 2, minPanelWidth: 220, grid: true },
      columns: 2,
      spacing: 20,
      concat: networks.flatMap((network) =>
        PANELS.map(({ title, training, validation }) =>
          panelOf(
            `${network}: ${title}`,
            title,
            [training, validation].flatMap(({ name }, i) =>
              rows
                .filter(
                  ({ method, metric, factors }) =>
                    method === network && metric === name && factors.condition === undefined,
                )
                .map((row) => pointOf(row, CASES.domain[i])),
            ),
          ),
        ),
      ),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

const pointOf = (row: Row, cases: string) => ({
  epoch: numericFactor(row, 'epoch'),
  value: shorten(row.value),
  cases,
  training: `${cases}, split ${row.factors.split}, seed ${row.factors.seed}`,
});

function panelOf(title: string, axis: string, values: readonly object[]) {
  const x = {
    field: 'epoch',
    type: 'quantitative' as const,
    axis: { title: 'epoch', grid: false, tickMinStep: 1 },
  };
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    axis: { title: axis },
    scale: { zero: axis === 'loss' },
  };
  const color = { field: 'cases', type: 'nominal' as const, scale: CASES, legend: { title: null } };
  return {
    title: { text: title, fontSize: 12 },
    width: 320,
    height: 180,
    data: { values: [...values] },
    layer: [
      {
        mark: { type: 'line' as const, strokeWidth: 0.7, opacity: 0.35, tooltip: false },
        encoding: { x, y, color, detail: { field: 'training', type: 'nominal' as const } },
      },
      {
        mark: { type: 'line' as const, strokeWidth: 2.2 },
        encoding: {
          x,
          y: { ...y, aggregate: 'median' as const },
          color,
          tooltip: [
            { field: 'cases' },
            { field: 'epoch' },
            { field: 'value', aggregate: 'median' as const, title: `median ${axis}`, format: '.3f' },
          ],
        },
      },
    ],
  };
}
