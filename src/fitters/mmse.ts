import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { isMeasured } from '../solvers/measurements.ts';
import { PosteriorMean } from '../solvers/posterior-mean.ts';

const settings = z.strictObject({
  likelihood: z
    .enum(['gaussian', 'rician'])
    .default('rician')
    .describe(
      'likelihood of the noise; magnitude images have `rician` noise, `gaussian` is an approximation',
    ),
  S0: z
    .union([z.literal('unknown'), z.number().positive()])
    .default('unknown')
    .describe(
      'signal at b=0 without noise, in the unit of the signals before they are divided by it, if it is known and the same in all voxels',
    ),
});
type Settings = z.infer<typeof settings>;

/**
 * The estimate with the smallest possible mean squared error: the posterior mean under the distribution from which the
 * simulated tissue is drawn, with known noise level. No fitter that is given the same signals, without S0 unless `S0` gives it
 * here, is better on average over that tissue, so it is the lower limit of every RMSE curve. With the Gaussian likelihood, an
 * approximation of the Rician, the limit is too high where signals come near the noise.
 *
 * Every signal counts by the number of its measurements, b=0 included. Status: `background` if the signals are best explained by
 * a negative S0.
 */
const mmse: Fitter<Settings> = {
  label: 'Posterior mean, prior and noise known',
  source: 'Kay, Fundamentals of Statistical Signal Processing: Estimation Theory, 1993, ch. 11',
  settings,
  estimatesS0: true,
  weighsAverages: true,
  needs: ['sigma', 'tissue'],
  async prepare(task, { likelihood, S0 }) {
    if (!task.tissue) {
      throw new InputError(
        'mmse needs the distribution the tissue comes from: give data.tissue in the config, or fit with map, ' +
          'which learns its prior from the voxels',
      );
    }
    const posterior = new PosteriorMean(task.bValues, task.tissue, likelihood, task.averages);
    return {
      fit: (signals, out) => estimate(posterior, signals, S0 === 'unknown' ? NaN : S0, out),
      backend: 'JavaScript',
    };
  },
};
export default mmse;

/** @param S0 in the unit of the scan; NaN if unknown */
function estimate(posterior: PosteriorMean, signals: Signals, S0: number, out: Estimates): void {
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
    posterior.integrate(values, i * width, sigma[i], S0 / scale[i]);
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
