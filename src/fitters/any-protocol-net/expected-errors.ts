import { rootShares, type MeasuredAt } from './measured-at.ts';
import type { PriorGrid } from './posterior-mode.ts';

/** Every other node along each axis is enough: the errors are a scale, not a result. */
const EVERY = 2;

/**
 * Approximates the smallest attainable error of estimates of D, f and Dp at several noise levels: the root of the diagonal of
 * (F + P)^-1 averaged over the prior, where F is the Fisher information of the tissue (with S0 unknown) and P one over the
 * prior's variances. This is the bound of van Trees (1968) with the average taken last; compared with the mean squared errors
 * of `mmse` it is accurate to about 15 % (test/fitters/any-protocol-net).
 *
 * @param noises see `LinearEstimator.noise`
 * @returns noises x 3: D, f, Dp as fractions of the prior's standard deviations
 */
export function expectedErrors(measured: MeasuredAt, grid: PriorGrid, noises: Float64Array): Float64Array {
  const errors = new Float64Array(3 * noises.length);
  const shares = rootShares(measured);
  const information = new Float64Array(6);
  let total = 0;
  for (let i = 1; i < grid.D.values.length; i += EVERY) {
    for (let j = 1; j < grid.f.values.length; j += EVERY) {
      for (let l = 1; l < grid.Dp.values.length; l += EVERY) {
        const weight = grid.D.weights[i] * grid.f.weights[j] * grid.Dp.weights[l];
        total += weight;
        informationAt(measured.bValues, shares, grid, [i, j, l], information);
        noises.forEach((noise, t) => addVariances(information, noise, weight, errors, 3 * t));
      }
    }
  }
  return errors.map((sum) => Math.sqrt(sum / total));
}

/**
 * Fisher information of D, f and Dp, in units of the prior's standard deviations, at a noise of 1 relative to the
 * signals' norm, S0 being eliminated: DD, fD, ff, DpD, Dpf, DpDp.
 */
function informationAt(
  bValues: Float64Array,
  shares: Float64Array,
  { D, f, Dp }: PriorGrid,
  [i, j, l]: readonly [number, number, number],
  to: Float64Array,
): void {
  const products = new Float64Array(10);
  const fraction = f.values[j];
  for (let k = 0; k < bValues.length; k++) {
    const fast = shares[k] * Math.exp(-bValues[k] * Dp.values[l]);
    const slow = shares[k] * Math.exp(-bValues[k] * D.values[i]);
    const byS0 = fraction * fast + (1 - fraction) * slow;
    const byD = -bValues[k] * (1 - fraction) * slow * D.sd;
    const byF = (fast - slow) * f.sd;
    const byDp = -bValues[k] * fraction * fast * Dp.sd;
    products[0] += byS0 * byS0;
    products[1] += byD * byS0;
    products[2] += byD * byD;
    products[3] += byF * byS0;
    products[4] += byF * byD;
    products[5] += byF * byF;
    products[6] += byDp * byS0;
    products[7] += byDp * byD;
    products[8] += byDp * byF;
    products[9] += byDp * byDp;
  }
  const [SS, DS, DD, fS, fD, ff, PS, PD, Pf, PP] = products;
  const rest = [DD - (DS * DS) / SS, fD - (fS * DS) / SS, ff - (fS * fS) / SS];
  rest.push(PD - (PS * DS) / SS, Pf - (PS * fS) / SS, PP - (PS * PS) / SS);
  for (let m = 0; m < 6; m++) to[m] = rest[m] / SS;
}

/** Adds the diagonal of (information / noise² + I)^-1, by the adjugate of the 3 x 3 matrix. */
function addVariances(
  information: Float64Array,
  noise: number,
  weight: number,
  to: Float64Array,
  at: number,
): void {
  const per = 1 / (noise * noise);
  const DD = information[0] * per + 1;
  const fD = information[1] * per;
  const ff = information[2] * per + 1;
  const PD = information[3] * per;
  const Pf = information[4] * per;
  const PP = information[5] * per + 1;
  const ofD = ff * PP - Pf * Pf;
  const ofF = DD * PP - PD * PD;
  const ofDp = DD * ff - fD * fD;
  const determinant = DD * ofD - fD * (fD * PP - Pf * PD) + PD * (fD * Pf - ff * PD);
  to[at] += (weight * ofD) / determinant;
  to[at + 1] += (weight * ofF) / determinant;
  to[at + 2] += (weight * ofDp) / determinant;
}
