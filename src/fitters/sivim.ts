import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { boundsSchema, clip } from '../solvers/bounds.ts';
import type { ParameterBounds } from '../solvers/bounds.ts';

const settings = z.strictObject({
  low: z
    .number()
    .positive()
    .default(200)
    .describe(
      'low b-value (s/mm²), where perfusion is assumed to have decayed; the nearest measured one is used',
    ),
  high: z
    .union([z.literal('highest'), z.number().positive()])
    .default('highest')
    .describe('high b-value (s/mm²); the nearest measured one is used, or the largest of all (`highest`)'),
  bounds: boundsSchema.describe('bounds of D and f; that of Dp is not used'),
});
type Settings = z.infer<typeof settings>;

/**
 * Simplified IVIM from three b-values: 0, a low one at which perfusion has died away, and a high one. Then
 * D = log(S_low / S_high) / (b_high - b_low) and 1 - f = S_low exp(b_low D) / S_0, without a fit. What perfusion
 * is left at the low b-value, f exp(-b_low Dp), counts as diffusion. There is no Dp.
 *
 * Status: `atBound` where D or f had to be moved to a bound: f is then the best for that D, and D the best
 * for that f, in logarithms; `notConverged` where a signal of the three is 0 or below. Standard deviations where the noise level
 * comes with the signals: its propagation through both formulas, to first order.
 */
const sivim: Fitter<Settings> = {
  label: 'Simplified IVIM, three b-values',
  source: 'Conklin et al., Magn Reson Imaging 2016;34:1100-1108; Mürtz et al., Eur Radiol 2018;28:4418-4428',
  settings,
  estimates: ['D', 'f'],
  // What perfusion is left at the low b-value counts as diffusion, with or without noise.
  guarantees: [],
  checkProtocol: (bValues, settings) => void lowAndHigh(bValues, settings),
  async prepare({ bValues }: FitTask, settings: Settings): Promise<PreparedFitter> {
    const [kLow, kHigh] = lowAndHigh(bValues, settings);
    return new ThreeSignals(bValues, kLow, kHigh, settings.bounds);
  },
};
export default sivim;

/** Indices of the two b-values above 0 that are used. */
function lowAndHigh(bValues: Float64Array, { low, high }: Settings): [kLow: number, kHigh: number] {
  const kLow = nearest(bValues, low);
  const kHigh = high === 'highest' ? bValues.length - 1 : nearest(bValues, high);
  if (bValues[kLow] < bValues[kHigh]) return [kLow, kHigh];
  throw new InputError(
    `sivim: of the b-values ${bValues.join(', ')} the nearest to low ${low} s/mm² is ${bValues[kLow]} and ` +
      `to high ${high} is ${bValues[kHigh]}; the first must be below the second`,
  );
}

class ThreeSignals implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly notes: readonly string[];
  readonly #width: number;
  readonly #kLow: number;
  readonly #kHigh: number;
  readonly #bLow: number;
  readonly #bHigh: number;
  readonly #bounds: ParameterBounds;

  constructor(bValues: Float64Array, kLow: number, kHigh: number, bounds: ParameterBounds) {
    this.#width = bValues.length;
    this.#kLow = kLow;
    this.#kHigh = kHigh;
    this.#bLow = bValues[kLow];
    this.#bHigh = bValues[kHigh];
    this.#bounds = bounds;
    this.notes = [`b-values used: 0, ${this.#bLow}, ${this.#bHigh} s/mm²`, ...perfusionLeft(this.#bLow)];
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel({ values, scale, sigma }: Signals, i: number, out: Estimates): void {
    const low = values[i * this.#width + this.#kLow];
    const high = values[i * this.#width + this.#kHigh];
    const { D: boundsD, f: boundsF } = this.#bounds;
    const b1 = this.#bLow;
    const b2 = this.#bHigh;
    if (!(low > 0 && high > 0)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const y1 = Math.log(low);
    const y2 = Math.log(high);
    let D = (y1 - y2) / (b2 - b1);
    let f = -Math.expm1(y1 + b1 * D);
    const free = D > boundsD[0] && D < boundsD[1] && f > boundsF[0] && f < boundsF[1];
    if (!free) {
      D = clip(D, boundsD);
      f = clip(-Math.expm1(0.5 * (y1 + y2 + (b1 + b2) * D)), boundsF);
      const log = Math.log1p(-f);
      D = clip((b1 * (log - y1) + b2 * (log - y2)) / (b1 * b1 + b2 * b2), boundsD);
    }
    if (!Number.isFinite(D + f)) {
      fail(out, i, Status.notConverged);
      return;
    }
    out.S0[i] = scale[i];
    out.D[i] = D;
    out.f[i] = f;
    out.Dp[i] = NaN;
    out.status[i] = free ? Status.converged : Status.atBound;
    if (!out.sd) return;
    const noise = free && sigma && sigma[i] >= 0 && sigma[i] < Infinity ? sigma[i] : NaN;
    const per = 1 / (b2 - b1);
    const byLow = noise / low;
    const byHigh = noise / high;
    out.sd.D[i] = per * Math.hypot(byLow, byHigh);
    // log(1 - f) = (b2 y1 - b1 y2) / (b2 - b1) - y0, and y0 is as noisy as the signal at b=0, which is 1.
    out.sd.f[i] = (1 - f) * Math.hypot(b2 * per * byLow, b1 * per * byHigh, noise);
    out.sd.Dp[i] = NaN;
  }
}

/** Dp (mm²/s) of slowly perfused tissue, and the share of its perfusion at the low b-value from which the result is doubtful. */
const SLOW = 0.02;
const TOO_MUCH = 0.2;

/** Warns where the low b-value leaves so much perfusion that D and f have little to do with their names. */
function perfusionLeft(bLow: number): string[] {
  const left = Math.exp(-bLow * SLOW);
  if (left < TOO_MUCH) return [];
  return [
    `the low b-value, ${bLow} s/mm², is too low for this method: at Dp = ${SLOW} mm²/s ${(100 * left).toFixed(0)} % of the perfusion ` +
      'is left there and counts as diffusion, so f is too low and D too high',
  ];
}

/** Place of the b-value above 0 that is nearest to `wanted`. */
function nearest(bValues: Float64Array, wanted: number): number {
  let best = 1;
  for (let k = 2; k < bValues.length; k++) {
    if (Math.abs(bValues[k] - wanted) < Math.abs(bValues[best] - wanted)) best = k;
  }
  return best;
}
