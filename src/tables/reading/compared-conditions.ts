import type { Row } from '../../contracts/metric.ts';
import type { Interval, TableContent } from '../../contracts/table.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { numericFactor } from './factor.ts';
import { nearestSnr } from './nearest-snr.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { byName } from './series.ts';

export interface Comparison {
  readonly experiment: string;
  /** The factor that conditions differ in, and its name for people. */
  readonly factor: string;
  readonly label: string;
  readonly loss: 'loss' | 'loss_all';
  /** What ratios are to. */
  readonly reference: string;
}

/** Conditions of repeated trainings, a line each: medians over runs, and ratios to the reference, with intervals. */
export function comparedConditions(
  rows: readonly Row[],
  { experiment, factor, label, loss, reference }: Comparison,
): TableContent | null {
  const own = rows.filter((row) => row.experiment === experiment && row.factors.run === undefined);
  const losses = own.filter((row) => row.metric === `median_${loss}`);
  if (losses.length === 0) return null;
  const snr = nearestSnr(own);
  const at = numericFactor;
  const lines = losses
    .toSorted((a, b) => byName(a.method, b.method) || at(a, factor) - at(b, factor))
    .map((line) => {
      const find = (metric: string, parameter: string, level: number): Interval | null => {
        const row = own.find(
          (each) =>
            each.metric === metric &&
            each.parameter === parameter &&
            each.method === line.method &&
            at(each, factor) === at(line, factor) &&
            Object.is(at(each, 'snr'), level),
        );
        return row ? { value: row.value, low: row.ciLow, high: row.ciHigh } : null;
      };
      return {
        scale: 1000,
        values: [
          line.method,
          at(line, factor),
          line.n,
          find(`median_${loss}`, '', NaN),
          find(`${loss}_ratio`, '', NaN),
          ...PARAMETERS.map((parameter) => find('median_rmse', parameter, snr)),
          ...PARAMETERS.map((parameter) => find('rmse_ratio', parameter, snr)),
        ],
      };
    });
  return {
    columns: [
      { name: 'fitter', label: 'Fitter' },
      { name: factor, label },
      { name: 'runs', label: 'Runs' },
      { name: loss, label: 'Loss (10⁻³)', scaled: true },
      { name: `${loss}_ratio`, label: `Loss / ${reference}` },
      ...PARAMETERS.map((parameter) => {
        const { shownUnit: unit, scale } = quantityOf(parameter);
        return { name: `rmse_${parameter}`, label: `RMSE ${parameter} (${unit})`, scaled: scale === 1000 };
      }),
      ...PARAMETERS.map((parameter) => ({
        name: `rmse_ratio_${parameter}`,
        label: `RMSE ${parameter} / ${reference}`,
      })),
    ],
    lines,
  };
}
