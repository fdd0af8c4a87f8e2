import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';

const UNITS = { D: 'mm²/s', f: '', Dp: 'mm²/s' };
/** RMSE of a made-up network. */
const RMSE = { D: 2.2e-4, f: 0.065, Dp: 0.023 };
const SNRS = [100, 20];
const RUNS = 4;

const row = (experiment: string, fitter: string, rest: Partial<Row>): Row => ({
  experiment,
  fitter,
  factors: {},
  parameter: '',
  metric: '',
  value: NaN,
  ciLow: NaN,
  ciHigh: NaN,
  unit: '',
  n: RUNS,
  ...rest,
});

/** How much larger than another's a run's loss is: runs differ, and no two alike. */
const spread = (run: number) => 1 + 0.1 * ((run * 7) % 5);

/** Runs and comparisons of conditions that differ in one factor; the reference has no ratios. */
function compared(
  experiment: string,
  factor: string,
  levels: readonly number[],
  reference: number,
  losses: readonly string[],
  fitters: readonly string[],
): Row[] {
  return fitters.flatMap((fitter, place) =>
    levels.flatMap((level, i) => {
      // Falls to the third level and stays there.
      const worse = (1 + Math.max(0, 2 - i)) * (1 + 0.05 * place);
      const statistics = [
        ...losses.map((metric) => ({
          metric,
          parameter: '' as const,
          unit: '',
          factors: { [factor]: level },
          base: 0.003,
        })),
        ...SNRS.flatMap((snr) =>
          PARAMETERS.map((parameter) => ({
            metric: 'rmse',
            parameter,
            unit: UNITS[parameter],
            factors: { [factor]: level, snr },
            base: RMSE[parameter] * (20 / snr),
          })),
        ),
      ];
      return statistics.flatMap(({ base, metric, factors, ...rest }) => {
        const value = base * worse;
        const ratio = worse / (1 + 0.05 * place);
        return [
          ...Array.from({ length: RUNS }, (_, r) =>
            row(experiment, fitter, {
              ...rest,
              metric,
              factors: { ...factors, run: r + 1 },
              value: value * spread(r + 1),
            }),
          ),
          row(experiment, fitter, {
            ...rest,
            metric: `median_${metric}`,
            factors,
            value,
            ciLow: value * 0.95,
            ciHigh: value * 1.1,
          }),
          ...(level === reference
            ? []
            : [
                row(experiment, fitter, {
                  ...rest,
                  unit: '',
                  metric: `${metric}_ratio`,
                  factors,
                  value: ratio,
                  ciLow: ratio * 0.9,
                  ciHigh: ratio * 1.1,
                }),
              ]),
        ];
      });
    }),
  );
}

/** Rows of made-up runs of the experiments that train networks several times. */
export function repeatedRows(fitters: readonly string[] = ['dnn']): Row[] {
  return [...compared('depth', 'depth', [0, 1, 2, 3, 10], 3, ['loss'], fitters)];
}
