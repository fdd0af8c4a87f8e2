import type { Row } from '../../contracts/metric.ts';
import { seriesName } from '../../tables/reading/series.ts';
import type { SeriesLooks } from './series-looks.ts';

/** Fitter and whatever else it was measured under but SNR and protocol. */
export const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

/** A line and points per fitter. */
export function coverageMarks<X, Y>(
  values: object[],
  place: { readonly x: X; readonly y: Y },
  looks: SeriesLooks,
  tooltip: { field: string; title: string; format?: string }[],
) {
  const legend = legendOf(looks);
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const data = { values };
  return [
    {
      data,
      mark: { type: 'line' as const, strokeWidth: 1.8 },
      encoding: {
        ...place,
        color,
        strokeDash: { field: 'series', type: 'nominal' as const, scale: looks.strokeDash, legend },
      },
    },
    {
      data,
      mark: { type: 'point' as const, filled: true, size: 36, opacity: 1 },
      encoding: {
        ...place,
        color,
        shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
        tooltip,
      },
    },
  ];
}

export const legendOf = (looks: SeriesLooks) => ({
  title: null,
  orient: 'top' as const,
  columns: 6,
  symbolOpacity: 1,
  ...(looks.series.length > 7 ? { symbolDash: [1, 0] } : {}),
});
