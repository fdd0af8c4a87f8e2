import type { Figure } from '../contracts/figure.ts';
import { SHIFTS } from '../measures/conditions.ts';
import { ONE, RMSE_PERCENT } from '../measures/synthesis.ts';
import { imageMethods, imageSets, imageValue } from '../tables/reading/image-methods.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** From the mildest on; what a figure calls an absent shift. */
const UNCHANGED = 'unchanged';
const ORDER: readonly string[] = [UNCHANGED, ...Object.values(SHIFTS)];
/** Networks in the order of their lines. */
const COLORS = ['#0072B2', '#D55E00', '#009E73', '#7D5D70', '#B9AA42', '#7673FD', '#19A6F5', '#BE1506'];

const figure: Figure = {
  title: 'Other weighted images than in training',
  order: 3,
  caption:
    'Error against the truth, or of images of people against six repetitions, of networks whose weighted images are missing, have moved, or are those of another subject: mean over subjects with ' +
    'its 95 % interval. The grey line is one repetition as it is.',
  draw(rows) {
    const methods = imageMethods(rows).filter((of) => of.rows.some(({ factors }) => 'shift' in factors));
    if (methods.length === 0) return null;
    const one = imageMethods(rows).find(({ name }) => name === ONE);
    const reference = rows.some(({ factors }) => factors.reference === 'truth') ? 'truth' : 'six';
    const against = reference === 'truth' ? 'the truth' : 'six repetitions';
    const names = methods.map(({ name }) => name);
    const found = [
      ...new Set(
        methods.flatMap((of) =>
          of.rows.flatMap(({ factors }) => ('shift' in factors ? [String(factors.shift)] : [])),
        ),
      ),
    ];
    const shifts = [
      ...ORDER.filter((shift) => shift === UNCHANGED || found.includes(shift)),
      ...found.filter((shift) => !ORDER.includes(shift)),
    ];
    const panels = imageSets(rows).map(([set, label], i) => {
      const points = methods.flatMap((of) =>
        shifts.flatMap((shift) => {
          const value = imageValue(of, RMSE_PERCENT, {
            ...{ set, reference },
            ...(shift === UNCHANGED ? {} : { shift }),
          });
          if (value === null) return [];
          return [
            {
              name: of.name,
              shift,
              value: shorten(value.value),
              low: shorten(value.low),
              high: shorten(value.high),
            },
          ];
        }),
      );
      const raw = one && imageValue(one, RMSE_PERCENT, { set, reference });
      const x = {
        field: 'shift',
        type: 'nominal' as const,
        sort: shifts,
        title: null,
        axis: { labelAngle: -30, labelLimit: 160 },
      };
      const y = {
        field: 'value',
        type: 'quantitative' as const,
        scale: { zero: true },
        axis: { title: i === 0 ? `error against ${against} (%)` : null },
      };
      const color = {
        field: 'name',
        type: 'nominal' as const,
        scale: { domain: names, range: names.map((_, k) => COLORS[k % COLORS.length]) },
        legend: { title: null, orient: 'bottom' as const, direction: 'vertical' as const, labelLimit: 300 },
      };
      const xOffset = { field: 'name', type: 'nominal' as const, sort: names, scale: { domain: names } };
      return {
        title: { text: label },
        width: 340,
        height: 240,
        layer: [
          ...(raw
            ? [
                {
                  data: { values: [{ value: shorten(raw.value) }] },
                  mark: { type: 'rule' as const, color: REFERENCE_COLOR, strokeDash: [4, 3], tooltip: false },
                  encoding: { y },
                },
              ]
            : []),
          {
            data: { values: points.filter(({ low, high }) => low !== null && high !== null) },
            mark: { type: 'rule' as const, strokeWidth: 2, tooltip: false },
            encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
          },
          {
            data: { values: points },
            mark: { type: 'point' as const, filled: true, size: 50 },
            encoding: {
              x,
              xOffset,
              y,
              color,
              tooltip: [
                { field: 'name', title: 'image' },
                { field: 'shift', title: 'weighted images' },
                { field: 'value', title: 'error (%)', format: '.1f' },
              ],
            },
          },
        ],
      };
    });
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 2, minPanelWidth: 260 },
      columns: 2,
      spacing: 20,
      concat: panels,
      resolve: { scale: { y: 'shared', color: 'shared' } },
    };
  },
};
export default figure;
