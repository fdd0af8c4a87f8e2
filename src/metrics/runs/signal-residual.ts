import type { Parameters, Signals } from '../../contracts/voxels.ts';
import { biexponential } from '../../signal/biexponential.ts';

/**
 * Computes the mean squared difference between normalised signals and the decay reconstructed from the estimates, over voxels
 * and b-values except b=0, where a normalised signal is 1: the loss of unsupervised networks (Barbieri et al. 2020). Voxels
 * without estimates are skipped; NaN if there are no others.
 */
export function signalResidual({ bValues, n, values }: Signals, { D, f, Dp }: Parameters): number {
  const width = bValues.length;
  let sum = 0;
  let used = 0;
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let k = 1; k < width; k++) {
      const difference = values[i * width + k] - biexponential(bValues[k], D[i], f[i], Dp[i]);
      squares += difference * difference;
    }
    if (Number.isNaN(squares)) continue;
    sum += squares;
    used++;
  }
  return sum / (used * (width - 1));
}
