import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';

/** Rows of made-up correlations between fitters. */
export function correlationRows(fitters: readonly string[], snrs: readonly number[] = [20]): Row[] {
  return PARAMETERS.flatMap((parameter) =>
    snrs.flatMap((snr) =>
      fitters.flatMap((method, i) =>
        fitters.slice(i + 1).flatMap((other, k) =>
          ['correlation_between', 'error_correlation_between'].map((metric, m): Row => {
            const value = 0.9 - 0.05 * k - 0.2 * m;
            const [ciLow, ciHigh] = [value - 0.03, value + 0.03];
            const factors = { snr, compared_with: other };
            return {
              experiment: 'phantom',
              method,
              factors,
              parameter,
              metric,
              value,
              ciLow,
              ciHigh,
              unit: '',
              n: 2000,
            };
          }),
        ),
      ),
    ),
  );
}
