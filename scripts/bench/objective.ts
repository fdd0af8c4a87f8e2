import type { Estimates, Signals } from '../../src/contracts/voxels.ts';
import { biexponential } from '../../src/signal/biexponential.ts';

/** Sum of squared residuals per voxel without b=0, the objective of least squares; infinite where a fit failed. */
export function sumOfSquares(signals: Signals, { D, f, Dp }: Estimates): number[] {
  const width = signals.bValues.length;
  return Array.from({ length: signals.n }, (_, i) => {
    let sse = 0;
    for (let k = 1; k < width; k++) {
      const s = biexponential(signals.bValues[k], D[i], f[i], Dp[i]);
      sse += (signals.values[i * width + k] - s) ** 2;
    }
    return Number.isNaN(sse) ? Infinity : sse;
  });
}
