import type { Parameters, Signals } from '../../contracts/voxels.ts';
import { biexponential } from '../../signal/biexponential.ts';

/**
 * Mean squared difference between normalised signals and the decay rebuilt from estimates, over voxels and b-values but
 * b=0, where a normalised signal is 1: what a network that learns without truth makes small (Barbieri et al. 2020).
 * Voxels without estimates are left out; NaN where none has any.
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
