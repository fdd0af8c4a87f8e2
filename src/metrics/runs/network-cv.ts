import { jackknifeInterval, LOGARITHMIC } from '../../statistics/jackknife.ts';
import type { OverRuns } from './over-runs.ts';

/**
 * Computes how much networks that differ only in their seed differ in one parameter: the CV_NET of Kaandorp et al. (Magn Reson
 * Med 2021;86:2250-2265, as in its published code),
 *
 *     CV_NET = 1 / mean(x) sqrt(1/(n m) sum_i sum_j (x_ij - mean_j x_ij)²)
 *
 * over n voxels i and m networks j, where mean(x) is the mean true value: the root mean square over voxels of the standard
 * deviation over networks, relative to the mean. The 95 % interval is Student's from a jackknife of its logarithm over networks. Voxels
 * on which any network failed are skipped.
 *
 * @param estimates one list per network, all of the same voxels
 */
export function networkCv(estimates: readonly Float64Array[], truth: Float64Array): OverRuns {
  const networks = estimates.length;
  const used = [...truth.keys()].filter((i) => estimates.every((values) => Number.isFinite(values[i])));
  const mean = used.reduce((sum, i) => sum + truth[i], 0) / used.length;
  const products = centredProducts(estimates, used);
  // The sum over voxels of the variance over some of the networks depends only on inner products between networks.
  const cv = (counts: Uint8Array): number => {
    const m = counts.reduce((sum, count) => sum + count, 0);
    let squares = 0;
    let crossed = 0;
    for (let a = 0; a < networks; a++) {
      if (counts[a] === 0) continue;
      squares += products[a * networks + a];
      for (let b = 0; b < networks; b++) crossed += counts[b] * products[a * networks + b];
    }
    const variance = (squares / m - crossed / m ** 2) / used.length;
    return Math.sqrt(Math.max(0, variance)) / mean;
  };
  const all = new Uint8Array(networks).fill(1);
  const value = cv(all);
  const without = Array.from(all, (_, left) => cv(all.map((one, a) => (a === left ? 0 : one))));
  const { low, high } = jackknifeInterval(value, without, LOGARITHMIC);
  return { value, ciLow: low, ciHigh: high };
}

/**
 * Returns the inner products over voxels of pairs of networks, after subtracting the mean over networks in each voxel: m x m.
 */
function centredProducts(estimates: readonly Float64Array[], used: readonly number[]): Float64Array {
  const networks = estimates.length;
  const centred = estimates.map(() => new Float64Array(used.length));
  used.forEach((voxel, at) => {
    let mean = 0;
    for (const values of estimates) mean += values[voxel] / networks;
    for (let a = 0; a < networks; a++) centred[a][at] = estimates[a][voxel] - mean;
  });
  const products = new Float64Array(networks * networks);
  for (let a = 0; a < networks; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let at = 0; at < used.length; at++) sum += centred[a][at] * centred[b][at];
      products[a * networks + b] = products[b * networks + a] = sum;
    }
  }
  return products;
}
