import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';

/**
 * Rows of a made-up transfer experiment at SNR 50 and 20: the first fitter is a network that loses the more the further
 * apart two conditions stand in the list, the others lose nothing.
 */
export function transferRows(
  conditions: readonly string[],
  tunings: readonly number[],
  fitters: readonly string[] = ['dnn', 'any-protocol-net'],
): Row[] {
  const [network, ...others] = fitters;
  const row = (fitter: string, factors: Row['factors'], ratio: number): Row[] =>
    PARAMETERS.flatMap((parameter) =>
      [50, 20].map((snr) => ({
        experiment: 'transfer',
        method: fitter,
        factors: { ...factors, snr },
        parameter,
        metric: 'rmse_ratio',
        value: ratio,
        ciLow: 0.95 * ratio,
        ciHigh: 1.05 * ratio,
        unit: '',
        n: 5000,
      })),
    );
  return conditions.flatMap((used, j) => [
    ...conditions.flatMap((trained, i) =>
      i === j
        ? []
        : tunings.flatMap((voxels) =>
            row(
              network,
              { trained_on: trained, used_on: used, tuned_on: voxels },
              1 + (4 ** Math.abs(i - j) - 1) / (1 + voxels / 200),
            ),
          ),
    ),
    ...others.flatMap((fitter) => row(fitter, { used_on: used, tuned_on: 0 }, 0.84)),
  ]);
}
