import type { Row } from '../../contracts/metric.ts';
import { ERROR_QUANTILES } from '../../measures/errors.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { seriesName } from '../../tables/reading/series.ts';

/** Fields of the data of a box, in the order of `ERROR_QUANTILES`. */
export const QUANTILES = ['q05', 'q25', 'q50', 'q75', 'q95'] as const;
type Quantile = (typeof QUANTILES)[number];
type Quantiles = Record<Quantile, number>;

/** Quantiles of the errors of one fitter at one SNR. */
export interface ErrorBox extends Quantiles {
  readonly snr: number;
  readonly series: string;
}

/** The rows that boxes are made of: quantiles of errors at some SNR. */
export function quantileRows(rows: readonly Row[]): Row[] {
  return rows.filter((row) => quantileOf(row) !== undefined && Number.isFinite(numericFactor(row, 'snr')));
}

/** The boxes of `quantileRows` of one parameter and protocol that have all their quantiles. */
export function errorBoxes(rows: readonly Row[]): ErrorBox[] {
  const found = new Map<string, { snr: number; series: string } & Partial<Quantiles>>();
  for (const row of rows) {
    const snr = numericFactor(row, 'snr');
    const series = seriesName(row, ['snr', 'protocol']);
    const key = `${snr} ${series}`;
    const box = found.get(key) ?? { snr, series };
    box[quantileOf(row)!] = row.value;
    found.set(key, box);
  }
  return [...found.values()].filter((box): box is ErrorBox =>
    QUANTILES.every((name) => Number.isFinite(box[name])),
  );
}

function quantileOf(row: Row): Quantile | undefined {
  const place = ERROR_QUANTILES.findIndex(({ name }) => name === row.metric);
  return place < 0 ? undefined : QUANTILES[place];
}
