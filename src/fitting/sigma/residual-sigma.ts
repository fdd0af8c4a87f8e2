import { allocateEstimates, failedFrom, type Signals } from '../../contracts/voxels.ts';
import type { MeasuredProtocol } from '../../data/measured-protocol.ts';
import { differentBValues } from '../../signal/b-values.ts';
import { loadFitter } from '../../plugins/discover.ts';

/** A fast least-squares fit of S0, D, f and Dp. */
const FITTER = 'varpro';
const PARAMETERS = 4;

/** A noise estimate from residuals. */
export interface ResidualSigma {
  /** Noise of one measurement, in the unit of the scan; NaN if there is no estimate. */
  readonly sigma: number;
  /** Number of fitted voxels. */
  readonly voxels: number;
  /** Degrees of freedom per voxel. */
  readonly degrees: number;
}

/**
 * The noise from the residuals of least-squares fits of the four-parameter decay: with n b-values, of which the k-th is
 * the mean of r_k measurements, sum of r_k e_k² is sigma² times a chi-squared variable with n - 4 degrees of freedom.
 * Its median over the voxels is divided by that of chi-squared, which is about d (1 - 2 / (9 d))³ (Wilson and Hilferty
 * 1931), so that voxels in which something moved don't count more than others. Fits that end on a bound leave more
 * than that; Rician noise has less than sigma where there is little signal.
 */
export async function residualSigma(
  signals: Signals,
  { bValues, repeats }: MeasuredProtocol,
): Promise<ResidualSigma> {
  const width = bValues.length;
  const degrees = width - PARAMETERS;
  const enough = differentBValues(bValues).length >= PARAMETERS;
  if (degrees < 1 || !enough || signals.n === 0) return { sigma: NaN, voxels: 0, degrees };
  const { value: fitter } = await loadFitter(FITTER);
  const prepared = await fitter.prepare({ bValues, seed: 0 }, fitter.settings?.parse({}));
  const out = allocateEstimates(signals.n);
  await prepared.fit(signals, out);
  const sums: number[] = [];
  for (let i = 0; i < signals.n; i++) {
    if (out.status[i] >= failedFrom) continue;
    const scale = signals.scale[i];
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const decay =
        out.f[i] * Math.exp(-bValues[k] * out.Dp[i]) + (1 - out.f[i]) * Math.exp(-bValues[k] * out.D[i]);
      const left = signals.values[i * width + k] * scale - out.S0[i] * decay;
      sum += Math.max(1, repeats[k]) * left * left;
    }
    sums.push(sum);
  }
  const middle = Float64Array.from(sums).sort()[sums.length >> 1] ?? NaN;
  const median = degrees * (1 - 2 / (9 * degrees)) ** 3;
  return { sigma: Math.sqrt(middle / median), voxels: sums.length, degrees };
}
