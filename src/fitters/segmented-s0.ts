import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { FixedDiffusion } from '../solvers/residual-models.ts';
import { firstAbove, fitMeasured } from '../solvers/measurements.ts';
import { OneDecay } from '../solvers/one-decay.ts';
import {
  clip,
  isWellInside,
  requireFour,
  requireOrder,
  scaledBoundsSchema,
  startInside,
} from '../solvers/bounds.ts';
import type { ScaledBounds } from '../solvers/bounds.ts';
import { TrustRegionReflective } from '../solvers/trust-region-reflective.ts';

/** Upper limit of the amplitude of a decay, as a multiple of the signal at b=0. */
const MOST_AMPLITUDE = 10;

const settings = z.strictObject({
  steps: z
    .union([z.literal(2), z.literal(3)])
    .default(2)
    .describe(
      'number of steps: `2`, D and then the other parameters with D fixed; `3`, with an estimate of Dp from the low ' +
        'b-values in between, which gives a better start',
    ),
  threshold: z
    .number()
    .positive()
    .default(200)
    .describe('smallest b-value (s/mm²) whose signal is treated as diffusion only'),
  perfusionUpTo: z
    .number()
    .positive()
    .default(100)
    .describe('largest b-value (s/mm²) of the second of three steps, which estimates Dp'),
  bounds: scaledBoundsSchema.describe('bounds of the search: `broad`, the name of an organ, or ranges'),
  maxEvaluations: z
    .int()
    .min(1)
    .default(300)
    .describe(
      'maximum number of model evaluations per voxel in the last step; SciPy allows 100 per parameter',
    ),
});
type Settings = z.infer<typeof settings>;

/**
 * The segmented fits of OSIPI's collection (Lund University's). First one decay A exp(-b D) is fitted to the b-values at or
 * above the threshold. With three steps, the second fits another decay, B exp(-b Dp), to the unmodified low b-values. Last, S0,
 * f and Dp are fitted to all b-values, including b=0, with D fixed: from OSIPI's first guess, with three steps with f = B / (A
 * + B) as the first guess instead. OSIPI passes on that f and not the second step's Dp, and so does this. Both forms search for
 * a minimum of the same sum of squares, and differ if there are two.
 *
 * Status: `atBound`; `notConverged` if the evaluations ran out. No standard deviations, since D is treated as known in the last
 * step.
 */
const segmentedS0: Fitter<Settings> = {
  label: 'Segmented with S0',
  source:
    'OSIPI TF2.4 IVIM-MRI code collection, segmented 2-step and 3-step fits of Lund University; ' +
    'Le Bihan et al., Radiology 1988;168:497-505',
  inexact: true,
  settings,
  estimatesS0: true,
  // What perfusion is left at the threshold counts as diffusion, with or without noise.
  guarantees: ['ordered'],
  checkProtocol(bValues, settings) {
    requireFour('segmented-s0', bValues);
    partsOf(bValues, settings);
  },
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('segmented-s0', task.bValues);
    requireOrder('segmented-s0', settings.bounds);
    const { first, low } = partsOf(task.bValues, settings);
    return new StepByStep(task.bValues, first, low, settings);
  },
};
export default segmentedS0;

/** Index of the first b-value of the first step, and how many above 0 belong to the second. */
function partsOf(bValues: Float64Array, { threshold, steps, perfusionUpTo }: Settings) {
  const first = firstAbove('segmented-s0', bValues, threshold);
  const perfused = bValues.filter((b) => b > 0 && b <= perfusionUpTo);
  const different = new Set(perfused).size;
  if (steps === 2 || different >= 2) return { first, low: perfused.length };
  throw new InputError(
    `segmented-s0: perfusionUpTo ${perfusionUpTo} s/mm² leaves ${different} of the b-values ` +
      `${bValues.join(', ')} above 0; at least two different ones must lie at or below it`,
  );
}

class StepByStep implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #first: number;
  readonly #bounds: ScaledBounds;
  readonly #diffusion: OneDecay;
  readonly #high: Float64Array;
  readonly #perfusion: OneDecay | null;
  readonly #low: Float64Array;
  readonly #model: FixedDiffusion;
  readonly #solver: TrustRegionReflective;
  readonly #start: Float64Array;
  readonly #x = new Float64Array(3);

  constructor(
    bValues: Float64Array,
    first: number,
    low: number,
    { steps, bounds, maxEvaluations }: Settings,
  ) {
    const { S0, f, Dp } = bounds;
    const start = startInside(bounds);
    this.#width = bValues.length;
    this.#start = Float64Array.of(start.S0, start.f, start.Dp);
    this.#first = first;
    this.#bounds = bounds;
    this.#diffusion = new OneDecay(bValues.slice(first), [bounds.D[0], Math.min(bounds.D[1], Dp[1])]);
    this.#high = new Float64Array(bValues.length - first);
    this.#perfusion = steps === 3 ? new OneDecay(bValues.slice(1, 1 + low), Dp) : null;
    this.#low = new Float64Array(low);
    this.#model = new FixedDiffusion(bValues);
    this.#solver = new TrustRegionReflective(
      this.#model,
      { lower: Float64Array.of(S0[0], f[0], Dp[0]), upper: Float64Array.of(S0[1], f[1], Dp[1]) },
      { ftol: 1e-8, xtol: 1e-8, gtol: 1e-8, maxEvaluations },
    );
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel({ values, scale }: Signals, i: number, out: Estimates): void {
    const start = i * this.#width;
    const high = this.#high;
    const low = this.#low;
    const x = this.#x;
    const bounds = this.#bounds;
    for (let k = 0; k < high.length; k++) high[k] = values[start + this.#first + k];
    this.#diffusion.solve(high, 0, MOST_AMPLITUDE);
    const D = this.#diffusion.rate;
    x.set(this.#start);
    if (this.#perfusion) {
      for (let k = 0; k < low.length; k++) low[k] = values[start + 1 + k];
      this.#perfusion.solve(low, 0, MOST_AMPLITUDE);
      const both = this.#perfusion.amplitude + this.#diffusion.amplitude;
      if (both > 0) x[1] = clip(this.#perfusion.amplitude / both, bounds.f);
    }
    this.#model.measure(values, start, D);
    if (!this.#solver.minimise(x) || !Number.isFinite(D)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const ends = isWellInside(D, bounds.D) && isWellInside(x[0], bounds.S0) && isWellInside(x[1], bounds.f);
    const free = ends && isWellInside(x[2], bounds.Dp) && x[2] > D;
    out.S0[i] = x[0] * scale[i];
    out.D[i] = D;
    out.f[i] = x[1];
    out.Dp[i] = Math.max(x[2], D);
    out.status[i] = free ? Status.converged : Status.atBound;
    if (out.sd) out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
  }
}
