import type { Fitter } from '../../src/contracts/fitter.ts';
import { Status } from '../../src/contracts/voxels.ts';

/** Breaks most of what a fitter must keep to, so that the conformance suite has something to find. */
const careless: Fitter = {
  label: 'A fitter with a label that no legend has room for',
  source: 'none',
  async prepare() {
    let fitted = 0;
    return {
      fit(signals, out) {
        for (let i = 0; i < signals.n; i++) {
          const first = i * signals.bValues.length;
          signals.values[first + 1] += 1e-9;
          fitted++;
          out.S0[i] = signals.scale[i];
          out.D[i] = 1e-3 + 1e-9 * fitted;
          out.f[i] = signals.values[first + 1] + 0.5;
          out.Dp[i] = 1e-4;
          if (i > 0) out.status[i] = Status.converged;
        }
      },
    };
  },
};
export default careless;
