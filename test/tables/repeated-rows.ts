import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';

const UNITS = { D: 'mm²/s', f: '', Dp: 'mm²/s' };
/** RMSE of a made-up network. */
const RMSE = { D: 2.2e-4, f: 0.065, Dp: 0.023 };
const SNRS = [100, 20];
const RUNS = 4;

const row = (experiment: string, fitter: string, rest: Partial<Row>): Row => ({
  experiment,
  method: fitter,
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

/** Ten networks of each noise level: loss and error of D go together, those of f and Dp do not. */
function perSnr(fitters: readonly string[]): Row[] {
  const chosenOf = { best: 0.8, median: 1, worst: 1.5 };
  return fitters.flatMap((fitter) => [
    ...SNRS.flatMap((snr) => [
      ...Array.from({ length: RUNS }, (_, r) => r + 1).flatMap((run) => [
        row('per-snr', fitter, { metric: 'loss', factors: { snr, run }, value: 0.003 * spread(run) }),
        ...PARAMETERS.map((parameter) => {
          const value = RMSE[parameter] * (parameter === 'D' ? spread(run) : spread(RUNS + 1 - run));
          return row('per-snr', fitter, { metric: 'rmse', parameter, factors: { snr, run }, value });
        }),
      ]),
      ...PARAMETERS.flatMap((parameter) => [
        ...Object.entries(chosenOf).map(([chosen, times]) => {
          const value = times * RMSE[parameter];
          const factors = { snr, chosen };
          return row('per-snr', fitter, {
            metric: 'chosen_rmse',
            parameter,
            factors,
            value,
            ciLow: value / 2,
            ciHigh: 2 * value,
          });
        }),
        row('per-snr', fitter, {
          metric: 'best_rmse_ratio',
          parameter,
          factors: { snr },
          value: 0.8,
          ciLow: 0.7,
          ciHigh: 1.02,
        }),
        row('per-snr', fitter, {
          metric: 'loss_rank_correlation',
          parameter,
          factors: { snr },
          value: snr / 110,
        }),
      ]),
    ]),
    row('per-snr', fitter, {
      metric: 'best_rmse_ratio',
      parameter: 'D',
      value: 0.8,
      ciLow: 0.75,
      ciHigh: 0.9,
    }),
    row('per-snr', fitter, {
      metric: 'best_rmse_ratio',
      parameter: 'f',
      value: 0.97,
      ciLow: 0.9,
      ciHigh: 1.1,
    }),
    row('per-snr', fitter, {
      metric: 'best_rmse_ratio',
      parameter: 'Dp',
      value: 1.2,
      ciLow: 1.1,
      ciHigh: 1.3,
    }),
  ]);
}

/** Four bins over every range and one beyond: estimates heap up in the second. */
function parameterRange(fitters: readonly string[]): Row[] {
  const heights = [0.5, 2, 1, 0.4, 0.1];
  return fitters.flatMap((fitter) =>
    [0.1, 0.2].flatMap((end) =>
      PARAMETERS.flatMap((parameter) => {
        const [low, high] = { D: [5e-4, 2e-3], f: [0.1, 0.4], Dp: [0.01, end] }[parameter];
        const width = (high - low) / 4;
        const factors = { snr: 20, Dp_up_to: end };
        const common = { parameter, factors };
        return [
          ...heights.flatMap((height, bin) => {
            const place = {
              parameter,
              factors: { ...factors, from: low + bin * width, to: low + (bin + 1) * width },
            };
            return [
              row('parameter-range', fitter, { ...place, metric: 'density', value: height / (high - low) }),
              row('parameter-range', fitter, {
                ...place,
                metric: 'true_density',
                value: bin < 4 ? 1 / (high - low) : 0,
              }),
            ];
          }),
          row('parameter-range', fitter, {
            ...common,
            metric: 'median_rmse',
            value: RMSE[parameter],
            ciLow: RMSE[parameter] * 0.9,
            ciHigh: RMSE[parameter] * 1.2,
          }),
          ...(end > 0.1
            ? [
                row('parameter-range', fitter, {
                  ...common,
                  metric: 'rmse_ratio',
                  value: 1.5,
                  ciLow: 1.4,
                  ciHigh: 1.7,
                }),
              ]
            : []),
          row('parameter-range', fitter, {
            ...common,
            metric: 'spread_ratio',
            value: 0.6,
            ciLow: 0.55,
            ciHigh: 0.7,
          }),
          row('parameter-range', fitter, {
            ...common,
            metric: 'beyond_fraction',
            value: 0.03,
            ciLow: 0.01,
            ciHigh: 0.06,
          }),
        ];
      }),
    ),
  );
}

function stability(fitters: readonly string[]): Row[] {
  const cv = { D: 0.09, f: 0.06, Dp: 0.12 };
  return fitters.flatMap((fitter) => [
    ...PARAMETERS.flatMap((parameter) => [
      row('stability', fitter, {
        metric: 'cv_net',
        parameter,
        factors: { snr: 20 },
        value: cv[parameter],
        ciLow: cv[parameter] * 0.8,
        ciHigh: cv[parameter] * 1.3,
      }),
      row('stability', fitter, {
        metric: 'median_nrmse',
        parameter,
        factors: { snr: 20 },
        value: 0.3,
        ciLow: 0.28,
        ciHigh: 0.33,
      }),
    ]),
    ...[0.6, 0.7, 0.8, 0.5].map((value, r) =>
      row('stability', fitter, { metric: 'rank_correlation_Dp_f', factors: { snr: 20, run: r + 1 }, value }),
    ),
    row('stability', fitter, {
      metric: 'mean_rank_correlation_Dp_f',
      factors: { snr: 20 },
      value: 0.65,
      ciLow: 0.55,
      ciHigh: 0.75,
    }),
  ]);
}

/** Rows of made-up runs of the experiments that train networks several times. */
export function repeatedRows(fitters: readonly string[] = ['dnn']): Row[] {
  return [
    ...compared('depth', 'depth', [0, 1, 2, 3, 10], 3, ['loss'], fitters),
    ...compared(
      'training-size',
      'training_voxels',
      [1000, 10_000, 100_000],
      100_000,
      ['loss', 'loss_all'],
      fitters,
    ),
    ...perSnr(fitters),
    ...parameterRange(fitters),
    ...stability(fitters),
  ];
}
