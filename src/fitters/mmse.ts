import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { isMeasured } from '../solvers/measurements.ts';
import { PosteriorMean } from '../solvers/posterior-mean.ts';

const settings = z.strictObject({
  likelihood: z
    .enum(['gaussian', 'rician'])
    .default('gaussian')
    .describe('likelihood of the noise; magnitude images have `rician` noise, which takes six times as long'),
});
type Settings = z.infer<typeof settings>;

/**
 * The estimate with the smallest possible mean squared error: the posterior mean under the distribution from which the
 * simulated tissue is drawn, with known noise level. No fitter is better on average over that tissue, so it is the lower limit
 * of every RMSE curve. With the Gaussian likelihood, an approximation of the Rician, the limit is too high where signals come
 * near the noise: on the study's voxels by 2.2 % for D at SNR 10, 0.5 % at 25, 0.1 % at 100, and by 0.2 % at most for f and Dp.
 *
 * Status: `background` if the signals are best explained by a negative S0.
 */
const mmse: Fitter<Settings> = {
  label: 'Posterior mean, prior and noise known',
  source: 'Kay, Fundamentals of Statistical Signal Processing: Estimation Theory, 1993, ch. 11',
  settings,
  estimatesS0: true,
  needs: ['sigma', 'tissue'],
  async prepare(task, { likelihood }) {
    if (!task.tissue) {
      throw new InputError(
        'mmse needs the distribution the tissue comes from: give data.tissue in the config, or fit with map, ' +
          'which learns its prior from the voxels',
      );
    }
    const posterior = new PosteriorMean(task.bValues, task.tissue, likelihood);
    return {
      fit: (signals, out) => estimate(posterior, signals, out),
      backend: 'JavaScript',
    };
  },
};
export default mmse;

function estimate(posterior: PosteriorMean, signals: Signals, out: Estimates): void {
  const { values, scale, sigma, n } = signals;
  if (!sigma) {
    throw new InputError(
      'mmse needs the noise level of every voxel, which these signals come without: simulate them ' +
        '(data.noise.sigma in the config), or fit with map, which estimates it',
    );
  }
  const width = signals.bValues.length;
  for (let i = 0; i < n; i++) {
    if (!isMeasured(signals, i) || !(sigma[i] >= 0 && sigma[i] < Infinity)) {
      fail(out, i, Status.notFinite);
      continue;
    }
    posterior.integrate(values, i * width, sigma[i]);
    if (!Number.isFinite(posterior.D + posterior.f + posterior.Dp + posterior.S0)) {
      fail(out, i, Status.notConverged);
      continue;
    }
    if (posterior.S0 <= 0) {
      fail(out, i, Status.background);
      continue;
    }
    out.D[i] = posterior.D;
    out.f[i] = posterior.f;
    out.Dp[i] = posterior.Dp;
    out.S0[i] = posterior.S0 * scale[i];
    out.status[i] = Status.converged;
    if (!out.sd) continue;
    out.sd.D[i] = posterior.sdD;
    out.sd.f[i] = posterior.sdF;
    out.sd.Dp[i] = posterior.sdDp;
  }
}
