import type { Figure } from '../contracts/figure.ts';
import { TRUTH, type Row } from '../contracts/metric.ts';
import { ALL_REGIONS, DICE } from '../measures/segmentation.ts';
import { regionText } from '../tables/reading/regions.ts';
import {
  readersAgreement,
  segmentationMethods,
  segmentationValue,
  segmentedRegions,
  type SegmentationMethod,
} from '../tables/reading/segmentation-methods.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Dice by region',
  order: 1,
  caption:
    'Dice of readers and methods with the true regions, in people that a method has not seen: means over people with their 95 % intervals. The dashed line is the Dice of ' +
    'the second reader with the first. Of a network under other settings than the study’s there is the mean over regions alone.',
  draw(rows) {
    const methods = segmentationMethods(rows);
    if (methods.length === 0) return null;
    const looks = seriesLooks(
      rows,
      methods.map(({ name }) => name),
      undefined,
    );
    // The mean over regions, which is last, comes first.
    const regions = segmentedRegions(rows);
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 170 },
      columns: 3,
      spacing: 20,
      concat: [...regions.slice(-1), ...regions.slice(0, -1)].map((region) =>
        panelOf(rows, region, methods, looks),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

function panelOf(
  rows: readonly Row[],
  region: string,
  all: readonly SegmentationMethod[],
  looks: SeriesLooks,
) {
  const isMean = region === ALL_REGIONS;
  const methods = all.filter(({ condition }) => isMean || condition === '');
  const points = methods.flatMap((method) => {
    const found = segmentationValue(rows, method, DICE, { region, reference: TRUTH });
    if (found === null) return [];
    const [value, low, high] = [found.value, found.low, found.high].map(shorten);
    return [{ method: method.name, value, low: low ?? value, high: high ?? value }];
  });
  const between = readersAgreement(rows, region);
  const x = { type: 'quantitative' as const, scale: { zero: false }, axis: { title: 'Dice', tickCount: 4 } };
  const y = {
    field: 'method',
    type: 'nominal' as const,
    sort: methods.map(({ name }) => name),
    axis: { title: null, grid: false, domain: false, ticks: false, labelLimit: 190 },
  };
  const color = { field: 'method', type: 'nominal' as const, scale: looks.color, legend: null };
  const tooltip = [
    { field: 'method', title: 'method' },
    { field: 'value', title: 'Dice', format: '.3f' },
    { field: 'low', title: '95 % interval from', format: '.3f' },
    { field: 'high', title: 'to', format: '.3f' },
  ];
  return {
    title: { text: isMean ? 'mean over regions' : regionText(region), fontSize: 12 },
    width: 170,
    height: { step: 19 },
    data: { values: points },
    layer: [
      {
        data: { values: between ? [{ value: shorten(between.value) }] : [] },
        mark: { type: 'rule' as const, strokeDash: [4, 3], color: REFERENCE_COLOR, tooltip: false },
        encoding: { x: { ...x, field: 'value' } },
      },
      {
        mark: { type: 'rule' as const, strokeWidth: 4, opacity: 0.4, strokeCap: 'round' as const },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 50, opacity: 1 },
        encoding: {
          y,
          x: { ...x, field: 'value' },
          color,
          shape: { field: 'method', type: 'nominal' as const, scale: looks.dot, legend: null },
          tooltip,
        },
      },
    ],
  };
}
