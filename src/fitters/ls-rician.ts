import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import type { DampedNewton } from '../solvers/damped-newton.ts';
import { scaledSearch } from '../solvers/decay-searches.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { requireFour, requireOrder, scaledBoundsSchema, startInside } from '../solvers/bounds.ts';
import { RicianDecay, ScaledDecay } from '../solvers/decay-objectives.ts';
import { ScaledAnswer } from '../solvers/scaled-answer.ts';

const settings = z.strictObject({
  bounds: scaledBoundsSchema.describe('bounds of the search: `broad`, the name of an organ, or ranges'),
  maxEvaluations: z
    .int()
    .min(1)
    .default(400)
    .describe(
      'maximum number of likelihood evaluations per voxel; the preceding least-squares fit may use as many',
    ),
});
type Settings = z.infer<typeof settings>;

/**
 * Maximum likelihood under Rician noise of known sigma, over S0, D, f and Dp: a descent on the negative log-likelihood from the
 * estimate of `ls-s0`. It removes the bias of the noise floor at low signals.
 *
 * The mean at b=0 counts as one measurement with the same sigma as the others. Without noise (sigma 0) it is least squares.
 * Status: `atBound`; `fellBack` if the descent did not converge, and the estimate is that of least squares; `notConverged` if
 * that did not converge either; `notFinite` if sigma is not a number >= 0. Standard deviations: roots of the diagonal of the
 * inverse information matrix; NaN if a parameter is on a bound or the fit fell back.
 */
const lsRician: Fitter<Settings> = {
  label: 'Rician maximum likelihood',
  source:
    'Sijbers, den Dekker, Scheunders and Van Dyck, IEEE Trans Med Imaging 1998;17:357-361; ' +
    'Gudbjartsson and Patz, Magn Reson Med 1995;34:910-914',
  settings,
  estimatesS0: true,
  needs: ['sigma'],
  // Signals without noise are not the mean of signals with the given noise: the estimate is off by about sigma².
  guarantees: ['ordered'],
  async prepare(task: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('ls-rician', task.bValues);
    requireOrder('ls-rician', settings.bounds);
    return new RicianLikelihood(task.bValues, settings);
  },
};
export default lsRician;

class RicianLikelihood implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #start: Float64Array;
  readonly #squares: ScaledDecay;
  readonly #leastSquares: DampedNewton;
  readonly #likelihood: RicianDecay;
  readonly #search: DampedNewton;
  readonly #answer: ScaledAnswer;

  constructor(bValues: Float64Array, { bounds, maxEvaluations }: Settings) {
    const start = startInside(bounds);
    this.#width = bValues.length;
    this.#start = Float64Array.of(start.S0, start.D, start.f, start.Dp);
    this.#squares = new ScaledDecay(bValues);
    this.#likelihood = new RicianDecay(bValues);
    this.#leastSquares = scaledSearch(
      this.#squares,
      bounds,
      { relative: 1e-6, absolute: 1e-26 },
      maxEvaluations,
    );
    // In units of the log-likelihood, where 1/2 is a standard deviation.
    this.#search = scaledSearch(
      this.#likelihood,
      bounds,
      { relative: 1e-13, absolute: 1e-9 },
      maxEvaluations,
    );
    this.#answer = new ScaledAnswer(bounds);
  }

  fit(signals: Signals, out: Estimates): void {
    const { sigma } = signals;
    if (!sigma) {
      throw new InputError(
        'ls-rician needs the noise level of every voxel, which these signals come without: simulate them ' +
          '(data.noise.sigma in the config), or fit with ls-s0, which does without it',
      );
    }
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, sigma[i], out), sigma);
  }

  #fitVoxel(signals: Signals, i: number, sigma: number, out: Estimates): void {
    const offset = i * this.#width;
    const start = this.#leastSquares;
    const search = this.#search;
    this.#squares.measure(signals.values, offset);
    start.x.set(this.#start);
    const started = start.run();
    this.#likelihood.measure(signals.values, offset, sigma);
    search.x.set(start.x);
    if (search.run()) {
      this.#answer.write(signals, i, search.x, this.#likelihood, 1, out);
      return;
    }
    if (!started) {
      fail(out, i, Status.notConverged);
      return;
    }
    this.#answer.write(signals, i, start.x, this.#squares, NaN, out);
    if (out.status[i] <= Status.atBound) out.status[i] = Status.fellBack;
  }
}
