import type { Row } from '../../contracts/metric.ts';
import { seriesName } from '../../tables/reading/series.ts';
import { LINE_DASH, POINT_SIZE, type SeriesLooks } from './series-looks.ts';

/** Fitter and whatever else it was measured under but SNR and protocol. */
export const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** A line and points per fitter. */
export function coverageMarks<X, Y>(
  points: readonly { readonly series: string }[],
  place: { readonly x: X; readonly y: Y },
  looks: SeriesLooks,
  tooltip: { field: string; title: string; format?: string }[],
) {
  const legend = legendOf();
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const data = { values: points.map((point) => ({ ...point, ...looks.marksOf(point.series) })) };
  return [
    {
      data,
      mark: { type: 'line' as const, strokeWidth: 1.8 },
      encoding: {
        ...place,
        color,
        strokeDash: LINE_DASH,
      },
    },
    {
      data,
      mark: { type: 'point' as const, filled: true, opacity: 1 },
      encoding: {
        ...place,
        color,
        size: POINT_SIZE,
        shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
        tooltip,
      },
    },
  ];
}

export const legendOf = () => ({
  title: null,
  orient: 'top' as const,
  columns: 6,
  symbolOpacity: 1,
});
