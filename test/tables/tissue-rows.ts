import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';

const KINDS = ['liver', 'spleen', 'blood', 'an image lost'];

/** Rows of a made-up model check. */
export function modelCheckRows(fitters: readonly string[], snrs: readonly number[] = [20, 50]): Row[] {
  return fitters.flatMap((method, m) =>
    snrs.flatMap((snr) =>
      KINDS.map((signals, k): Row => {
        const value = k < 2 ? 0.001 : Math.min(1, (0.2 * k + 0.02 * m) * (snr / 25));
        const [ciLow, ciHigh] = [0.8 * value, Math.min(1, 1.2 * value)];
        return {
          experiment: 'model-check',
          ...{ method, factors: { signals, snr }, parameter: '', metric: 'poor_fit_fraction' },
          ...{ value, ciLow, ciHigh, unit: '', n: 4000 },
        };
      }),
    ),
  );
}

/** Rows of a made-up grid of tissues. */
export function tissueMapRows(
  fitters: readonly string[],
  snrs: readonly number[] = [20],
  protocols: readonly string[] = ['barbieri-2020'],
): Row[] {
  const rows: Row[] = [];
  fitters.forEach((method, m) => {
    for (const protocol of protocols) {
      for (const snr of snrs) {
        for (const f of [0.1, 0.2, 0.4]) {
          for (const Dp of [0.01, 0.05]) {
            const truth = { D: 0.001, f, Dp };
            const factors = { protocol, snr, true_D: 0.001, true_f: f, true_Dp: Dp };
            for (const parameter of PARAMETERS) {
              const off = truth[parameter] * (0.3 - f) * (1 + m);
              const about = { experiment: 'bias-maps', method, factors, parameter, unit: '', n: 400 };
              const interval = { ciLow: NaN, ciHigh: NaN };
              rows.push({ ...about, metric: 'bias', value: off, ...interval });
              rows.push({ ...about, metric: 'sd', value: Math.abs(off) + truth[parameter] / 5, ...interval });
              rows.push({ ...about, metric: 'coverage95', value: 0.95 - f / 4, ...interval });
            }
          }
        }
      }
    }
  });
  return rows;
}
