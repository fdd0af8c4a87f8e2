import type { Row } from '../../contracts/metric.ts';
import { IMAGE_SETS } from '../../tables/reading/image-methods.ts';
import {
  armsOf,
  reconstructionMethods,
  reconstructionValue,
} from '../../tables/reading/reconstruction-methods.ts';
import { seriesLooks, type SeriesLooks } from './series-looks.ts';
import { shorten } from './shorten.ts';

/** What a row of panels shows. */
export interface AccelerationPanel {
  readonly measure: { readonly name: string };
  readonly title: string;
  /** Where a line across the panel is drawn. */
  readonly rule?: number;
  readonly fromZero: boolean;
}

/** Curves of measures against the acceleration, a column per set of subjects, of receivers with several accelerations; null without any. */
export function againstAcceleration(rows: readonly Row[], panels: readonly AccelerationPanel[]) {
  const arms = armsOf(rows);
  const receivers = [...new Set(arms.map(({ coils }) => coils))].filter(
    (coils) => arms.filter((arm) => arm.coils === coils).length > 1,
  );
  if (receivers.length === 0) return null;
  const methods = reconstructionMethods(rows);
  const looks = seriesLooks(rows, methods, undefined);
  const drawn = receivers.flatMap((coils) =>
    panels.flatMap((panel) =>
      IMAGE_SETS.map(([set, label]) => {
        const points = arms
          .filter((arm) => arm.coils === coils)
          .flatMap(({ acceleration }) =>
            methods.flatMap((method) => {
              const found = reconstructionValue(rows, method, panel.measure, { set, coils, acceleration });
              if (found === null) return [];
              const [value, low, high] = [found.value, found.low, found.high].map(shorten);
              return [{ method, acceleration, value, low, high, ...looks.marksOf(method) }];
            }),
          );
        const title = coils === 1 ? label : `${label}, ${coils} coils`;
        return panelOf(points, title, panel, looks);
      }),
    ),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json' as const,
    usermeta: { columns: IMAGE_SETS.length, minPanelWidth: 220 },
    columns: IMAGE_SETS.length,
    spacing: { row: 18, column: 24 },
    concat: drawn,
    resolve: { scale: { color: 'shared' as const, shape: 'shared' as const } },
  };
}

interface Point {
  readonly method: string;
  readonly acceleration: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function panelOf(
  points: readonly Point[],
  label: string,
  { title, rule, fromZero }: AccelerationPanel,
  looks: SeriesLooks,
) {
  const accelerations = [...new Set(points.map(({ acceleration }) => acceleration))];
  const x = {
    field: 'acceleration',
    type: 'quantitative' as const,
    scale: { zero: false, nice: false, padding: 14 },
    axis: { title: 'acceleration', values: accelerations, grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { zero: fromZero },
    axis: { title, tickCount: 6 },
  };
  const legend = { title: null, orient: 'top' as const, columns: 5, symbolOpacity: 1 };
  const color = { field: 'method', type: 'nominal' as const, scale: looks.color, legend };
  return {
    title: { text: label, fontSize: 12 },
    width: 300,
    height: 190,
    data: { values: [...points] },
    layer: [
      ...(rule === undefined
        ? []
        : [
            {
              data: { values: [{ value: rule }] },
              mark: { type: 'rule' as const, strokeDash: [4, 3], color: '#8a8f98', tooltip: false },
              encoding: { y: { ...y, field: 'value' } },
            },
          ]),
      {
        mark: { type: 'area' as const, opacity: 0.18, tooltip: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'line' as const, strokeWidth: 1.8 },
        encoding: {
          x,
          y: { ...y, field: 'value' },
          color,
          strokeDash: { field: 'dash', type: 'nominal' as const, scale: null },
        },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 46, opacity: 1 },
        encoding: {
          x,
          y: { ...y, field: 'value' },
          color,
          shape: { field: 'method', type: 'nominal' as const, scale: looks.shape, legend },
          tooltip: [
            { field: 'method', title: 'method' },
            { field: 'acceleration', title: 'acceleration' },
            { field: 'value', title, format: '.3~f' },
            { field: 'low', title: '95 % interval from', format: '.3~f' },
            { field: 'high', title: 'to', format: '.3~f' },
          ],
        },
      },
    ],
  };
}
