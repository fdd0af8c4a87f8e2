import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { LESION_CONTRAST, RMSE_FLOOR, RMSE_PERCENT } from '../measures/synthesis.ts';
import { IMAGE_SETS, imageMethods, imageValue, type ImageMethod } from '../tables/reading/image-methods.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** The sets in two colours, as a point and a diamond. */
const LOOKS = { domain: IMAGE_SETS.map(([, label]) => label), range: ['#0072B2', '#D55E00'] };

/** What the panels show, from left to right. */
const PANELS = [
  {
    title: 'error against six repetitions (%)',
    measure: RMSE_PERCENT,
    factors: { reference: 'six' },
    floor: true,
  },
  {
    title: 'error against the truth (%)',
    measure: RMSE_PERCENT,
    factors: { reference: 'truth' },
    floor: false,
  },
  {
    title: 'contrast kept, lesion seen',
    measure: LESION_CONTRAST,
    factors: { lesion: 'seen' },
    floor: false,
  },
  {
    title: 'contrast kept, lesion unseen',
    measure: LESION_CONTRAST,
    factors: { lesion: 'unseen' },
    floor: false,
  },
] as const;

const figure: Figure = {
  title: 'Errors of images and contrast of lesions',
  order: 1,
  caption:
    'Mean over subjects with its 95 % interval, of subjects like those of the training and of another head. The dashed lines are the floors that ' +
    'the noise of the six repetitions sets to the error against them. Lesions are seen or not seen in the weighted images; contrast is that ' +
    'of the truth at 1.',
  draw(rows) {
    const methods = imageMethods(rows);
    if (methods.length === 0) return null;
    const names = methods.map(({ name }) => name);
    const panels = PANELS.filter(({ measure, factors }) =>
      IMAGE_SETS.some(([set]) => methods.some((of) => imageValue(of, measure, { ...factors, set }) !== null)),
    ).map((panel, i) => panelOf(rows, methods, names, { ...panel, labels: i % 2 === 0 }));
    if (panels.length === 0) return null;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 2, minPanelWidth: 260 },
      columns: 2,
      spacing: 20,
      concat: panels,
      resolve: { scale: { y: 'shared', x: 'independent', color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

function panelOf(
  rows: readonly Row[],
  methods: readonly ImageMethod[],
  names: readonly string[],
  { title, measure, factors, floor, labels }: (typeof PANELS)[number] & { readonly labels: boolean },
) {
  const points = IMAGE_SETS.flatMap(([set, label], place) =>
    methods.flatMap((of) => {
      const found = imageValue(of, measure, { ...factors, set });
      if (found === null) return [];
      const [value, low, high] = [found.value, found.low, found.high].map(shorten);
      return [{ name: of.name, set: label, place, value, low, high }];
    }),
  );
  const floors = floor
    ? IMAGE_SETS.flatMap(([set, label]) =>
        rows
          .filter(
            ({ metric, factors: of, value }) =>
              metric === RMSE_FLOOR.name && of.set === set && Number.isFinite(value),
          )
          .map(({ value }) => ({ set: label, value: shorten(value) })),
      )
    : [];
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: [...names],
    scale: { domain: [...names] },
    title: null,
    axis: { labels, ticks: false, labelLimit: 260, grid: true },
  };
  const color = {
    field: 'set',
    type: 'nominal' as const,
    scale: LOOKS,
    legend: { title: null, orient: 'top' as const },
  };
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { zero: true },
    axis: { title, grid: false, tickCount: 6 },
  };
  const yOffset = {
    field: 'set',
    type: 'nominal' as const,
    sort: [...LOOKS.domain],
    scale: { domain: [...LOOKS.domain] },
  };
  return {
    width: 300,
    height: { step: 13 },
    layer: [
      ...(floors.length === 0
        ? []
        : [
            {
              data: { values: floors },
              mark: { type: 'rule' as const, strokeDash: [4, 3], color: REFERENCE_COLOR, tooltip: false },
              encoding: { x, color },
            },
          ]),
      {
        data: { values: points.filter(({ low, high }) => low !== null && high !== null) },
        mark: { type: 'rule' as const, strokeWidth: 2, tooltip: false },
        encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
      },
      {
        data: { values: points },
        mark: { type: 'point' as const, filled: true, size: 46 },
        encoding: {
          y,
          yOffset,
          x,
          color,
          shape: {
            field: 'set',
            type: 'nominal' as const,
            scale: { domain: [...LOOKS.domain], range: ['circle', 'diamond'] },
            legend: { title: null, orient: 'top' as const },
          },
          tooltip: [
            { field: 'name', title: 'image' },
            { field: 'set', title: 'subjects' },
            { field: 'value', title: title, format: '.3~f' },
          ],
        },
      },
    ],
  };
}
