import type { Row } from '../../contracts/metric.ts';
import type { ValueWithInterval, TableContent } from '../../contracts/table.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE_RATIO } from '../../measures/errors.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { MEDIAN_RMSE, type ComparedMeasure } from '../../measures/repeated-trainings.ts';
import { numericFactor } from './factor.ts';
import { nearestSnr } from './nearest-snr.ts';
import { byName } from './series.ts';
import { withInterval } from './with-interval.ts';

export interface Comparison {
  readonly experiment: string;
  /** The factor in which conditions differ, and its label. */
  readonly factor: string;
  readonly label: string;
  readonly loss: ComparedMeasure;
  /** The reference of ratios. */
  readonly reference: string;
}

/** Returns a line for each condition of repeated trainings: medians over runs and ratios to the reference, with intervals. */
export function comparedConditions(
  rows: readonly Row[],
  { experiment, factor, label, loss, reference }: Comparison,
): TableContent | null {
  const own = rows.filter((row) => row.experiment === experiment && row.factors.run === undefined);
  const losses = own.filter((row) => row.metric === loss.median.name);
  if (losses.length === 0) return null;
  const snr = nearestSnr(own);
  const at = numericFactor;
  const lines = losses
    .toSorted((a, b) => byName(a.method, b.method) || at(a, factor) - at(b, factor))
    .map((line) => {
      const find = (metric: string, parameter: string, level: number): ValueWithInterval | null => {
        const row = own.find(
          (each) =>
            each.metric === metric &&
            each.parameter === parameter &&
            each.method === line.method &&
            at(each, factor) === at(line, factor) &&
            Object.is(at(each, 'snr'), level),
        );
        return withInterval(row);
      };
      return {
        scale: 1000,
        values: [
          line.method,
          at(line, factor),
          line.n,
          find(loss.median.name, '', NaN),
          find(loss.ratio.name, '', NaN),
          ...PARAMETERS.map((parameter) => find(MEDIAN_RMSE.name, parameter, snr)),
          ...PARAMETERS.map((parameter) => find(RMSE_RATIO.name, parameter, snr)),
        ],
      };
    });
  return {
    columns: [
      { name: 'fitter', label: 'Fitter' },
      { name: factor, label },
      { name: 'runs', label: 'Runs' },
      { name: loss.of.name, label: 'Loss (10⁻³)', scaled: true },
      { name: loss.ratio.name, label: `Loss / ${reference}` },
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
