import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { boundsSchema, clip, OSIPI_BOUNDS, requireOrder, type ParameterBounds } from '../solvers/bounds.ts';
import { LogLine } from '../solvers/log-line.ts';
import { firstAbove, fitMeasured, requireMeasurements } from '../solvers/measurements.ts';
import { OneDecay } from '../solvers/one-decay.ts';
import { writeSteps } from '../solvers/stepwise-answer.ts';

/** Reweightings after which the weights have settled; OSIPI's code always takes as many. */
const MOST_REWEIGHTINGS = 50;
/** They have settled where D and the intercept change by less than this fraction. */
const SETTLED = 1e-12;
const ANYWHERE = [-Infinity, Infinity] as const;

const { D, f, Dp } = OSIPI_BOUNDS;

const settings = z.strictObject({
  threshold: z
    .number()
    .positive()
    .default(200)
    .describe('smallest b-value (s/mm²) whose signal is treated as diffusion only'),
  bounds: boundsSchema
    .unwrap()
    .default({ D, f, Dp })
    .describe('bounds that D and f are moved to, and that Dp is searched within; by default broad ones'),
});
type Settings = z.infer<typeof settings>;

/**
 * The reference fit of OSIPI's task force (2026): D and 1 - f from a straight line through the logarithms of the signals at or above
 * the threshold, weighted by the squares of the signals it predicts until these settle (Veraart 2013); both moved to their
 * bounds; then Dp by nonlinear least squares over all b-values, S0, D and f fixed. OSIPI searches for Dp from 10 D; this is the global
 * minimum, with Dp >= D. Signals of 0 and below have no logarithm and are left out of the line, where OSIPI's code fails.
 *
 * Status: `atBound`; `notConverged` if fewer than two of the high signals are above 0. No standard deviations, since the
 * second step treats the estimates of the first as known.
 */
const osipiReference: Fitter<Settings> = {
  label: 'OSIPI reference, segmented',
  source:
    'OSIPI TF2.4 IVIM-MRI code collection, TF_reference segmented_IVIMfit and ivim_body_part_defaults (2026); ' +
    'Veraart et al., NeuroImage 2013;81:335-346 (weights)',
  inexact: true,
  settings,
  // What perfusion is left at the threshold counts as diffusion, with or without noise.
  guarantees: ['ordered'],
  checkProtocol(bValues, { threshold }) {
    requireMeasurements('osipi-reference', bValues);
    firstAbove('osipi-reference', bValues, threshold);
  },
  async prepare(task: FitTask, { threshold, bounds }: Settings): Promise<PreparedFitter> {
    requireMeasurements('osipi-reference', task.bValues);
    requireOrder('osipi-reference', bounds);
    return new LineThenDecay(task.bValues, firstAbove('osipi-reference', task.bValues, threshold), bounds);
  },
};
export default osipiReference;

class LineThenDecay implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #b: Float64Array;
  readonly #first: number;
  readonly #bounds: ParameterBounds;
  readonly #line: LogLine;
  readonly #perfusion: OneDecay;
  readonly #rest: Float64Array;

  /** @param first index of the first b-value that shows diffusion alone */
  constructor(bValues: Float64Array, first: number, { D, f, Dp }: ParameterBounds) {
    this.#b = bValues;
    this.#first = first;
    this.#bounds = { D: [D[0], Math.min(D[1], Dp[1])], f, Dp };
    this.#line = new LogLine(bValues.slice(first));
    this.#perfusion = new OneDecay(bValues.slice(1), Dp);
    this.#rest = new Float64Array(bValues.length - 1);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const { values } = signals;
    const bounds = this.#bounds;
    const b = this.#b;
    const rest = this.#rest;
    const start = i * b.length;
    if (!this.#fitLine(values, start + this.#first)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const D = clip(this.#line.slope, bounds.D);
    const f = clip(1 - Math.exp(this.#line.intercept), bounds.f);
    let Dp = Math.max(D, bounds.Dp[0]);
    if (f > 0) {
      for (let k = 0; k < rest.length; k++) {
        rest[k] = values[start + 1 + k] - (1 - f) * Math.exp(-b[1 + k] * D);
      }
      this.#perfusion.solve(rest, f, f, Dp);
      Dp = this.#perfusion.rate;
    }
    writeSteps(signals, i, D, f, Dp, bounds, out);
  }

  /** @returns false if fewer than two signals have a logarithm */
  #fitLine(values: Float64Array, offset: number): boolean {
    const line = this.#line;
    line.measure(values, offset, false);
    if (!line.fit(ANYWHERE, ANYWHERE)) return false;
    for (let k = 0; k < MOST_REWEIGHTINGS; k++) {
      const { slope, intercept } = line;
      line.weighByFit();
      if (!line.fit(ANYWHERE, ANYWHERE)) return false;
      const moved = Math.abs(line.slope - slope) <= SETTLED * Math.abs(slope);
      if (moved && Math.abs(line.intercept - intercept) <= SETTLED) break;
    }
    return true;
  }
}
