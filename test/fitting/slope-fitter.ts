import { z } from 'zod';
import type { Fitter } from '../../src/contracts/fitter.ts';
import { fail, Status } from '../../src/contracts/voxels.ts';

const settings = z.strictObject({
  Dp: z.number().positive().default(0.02),
  deep: z.strictObject({ f: z.number().min(0).max(1).default(0.1) }).prefault({}),
});

/** Two-point fit for tests: D from the first and the last signal, f and Dp from the settings. */
const slope: Fitter<z.infer<typeof settings>> = {
  label: 'Slope',
  source: 'for tests',
  settings,
  async prepare({ bValues }, { Dp, deep }) {
    const last = bValues.length - 1;
    return {
      fit({ n, values, scale }, out) {
        for (let i = 0; i < n; i++) {
          const ratio = values[i * bValues.length + last];
          if (!(ratio > 0)) {
            fail(out, i, Status.notConverged);
            continue;
          }
          out.S0[i] = scale[i];
          out.D[i] = -Math.log(ratio) / bValues[last];
          out.f[i] = deep.f;
          out.Dp[i] = Dp;
          out.status[i] = Status.converged;
        }
      },
    };
  },
};
export default slope;
