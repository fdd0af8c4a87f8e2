import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import type { DampedNewton } from '../solvers/damped-newton.ts';
import { LEAST_SQUARES, scaledSearch } from '../solvers/decay-searches.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import {
  OSIPI_START,
  requireFour,
  requireOrder,
  requireStart,
  scaledBoundsSchema,
  startInside,
} from '../solvers/bounds.ts';
import { ScaledAnswer } from '../solvers/scaled-answer.ts';
import { ScaledDecay } from '../solvers/decay-objectives.ts';

const settings = z.strictObject({
  bounds: scaledBoundsSchema.describe('bounds of the search: `broad`, the name of an organ, or ranges'),
  start: z
    .union([
      z.literal('osipi'),
      z
        .strictObject({
          S0: z.number().default(OSIPI_START.S0).describe('initial S0, as a multiple of the mean at b=0'),
          D: z.number().default(OSIPI_START.D).describe('initial D, mm²/s'),
          f: z.number().default(OSIPI_START.f).describe('initial f'),
          Dp: z.number().default(OSIPI_START.Dp).describe('initial Dp, mm²/s'),
        })
        .readonly(),
    ])
    .default('osipi')
    .describe(
      "where the search starts: `osipi`, OSIPI's first guess, moved inside the bounds if they exclude it, or a point inside them",
    ),
  maxEvaluations: z.int().min(1).default(400).describe('maximum number of model evaluations per voxel'),
});
type Settings = z.infer<typeof settings>;

/**
 * Bounded least squares of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) over all four parameters, with b=0 fitted like any other
 * signal, from one start: finds a local minimum, which need not be the global one.
 *
 * Status and standard deviations: as `varpro`.
 */
const lsS0: Fitter<Settings> = {
  label: 'Least squares with S0',
  source:
    'Le Bihan et al., Radiology 1988;168:497-505 (model); Marquardt, SIAM J Appl Math 1963;11:431-441 (method); ' +
    'bounds and start as in the OSIPI TF2.4 IVIM-MRI code collection',
  settings,
  estimatesS0: true,
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('ls-s0', task.bValues);
    requireOrder('ls-s0', settings.bounds);
    if (settings.start !== 'osipi') requireStart('ls-s0', settings.bounds, settings.start);
    return new ScaledLeastSquares(task.bValues, settings);
  },
};
export default lsS0;

class ScaledLeastSquares implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #start: Float64Array;
  readonly #target: ScaledDecay;
  readonly #search: DampedNewton;
  readonly #answer: ScaledAnswer;

  constructor(bValues: Float64Array, { bounds, start, maxEvaluations }: Settings) {
    this.#width = bValues.length;
    const { S0, D, f, Dp } = start === 'osipi' ? startInside(bounds) : start;
    this.#start = Float64Array.of(S0, D, f, Dp);
    this.#target = new ScaledDecay(bValues);
    this.#search = scaledSearch(this.#target, bounds, LEAST_SQUARES, maxEvaluations);
    this.#answer = new ScaledAnswer(bounds);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const search = this.#search;
    this.#target.measure(signals.values, i * this.#width);
    search.x.set(this.#start);
    if (!search.run()) {
      fail(out, i, Status.notConverged);
      return;
    }
    const variance = (2 * search.value) / (this.#width - 4);
    this.#answer.write(signals, i, search.x, this.#target, variance, out);
  }
}
