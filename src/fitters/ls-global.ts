import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { isMeasured, requireMeasurements } from '../solvers/measurements.ts';
import { boundsSchema, requireOrder } from '../solvers/bounds.ts';
import { SeparableLeastSquares } from '../solvers/separable.ts';
import { StandardDeviations } from '../solvers/standard-deviations.ts';

const settings = z.strictObject({
  bounds: boundsSchema.describe('bounds of the estimates, which have Dp >= D'),
});
type Settings = z.infer<typeof settings>;

/**
 * The global least-squares fit within the bounds, for which `ls` searches from one start. If a voxel shows only one decay, f is
 * 0, D its rate, and Dp, which is undetermined, as near to D as its bounds allow.
 */
const lsGlobal: Fitter<Settings> = {
  label: 'Least squares, global',
  source: 'Golub and Pereyra, SIAM J Numer Anal 1973;10:413-432 (variable projection)',
  settings,
  async prepare(task: FitTask, { bounds }: Settings): Promise<PreparedFitter> {
    requireMeasurements('ls-global', task.bValues);
    requireOrder('ls-global', bounds);
    return new GlobalLeastSquares(task.bValues, new SeparableLeastSquares(task.bValues.slice(1), bounds));
  },
};
export default lsGlobal;

class GlobalLeastSquares implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #solver: SeparableLeastSquares;
  readonly #deviations: StandardDeviations;

  constructor(bValues: Float64Array, solver: SeparableLeastSquares) {
    this.#width = bValues.length;
    this.#solver = solver;
    this.#deviations = new StandardDeviations(bValues.slice(1));
  }

  fit(signals: Signals, out: Estimates): void {
    const solver = this.#solver;
    for (let i = 0; i < signals.n; i++) {
      if (!isMeasured(signals, i)) {
        fail(out, i, Status.notFinite);
        continue;
      }
      solver.solve(signals.values, i * this.#width + 1);
      if (!solver.converged || !(solver.sse < Infinity)) {
        fail(out, i, Status.notConverged);
        continue;
      }
      out.S0[i] = signals.scale[i];
      out.D[i] = solver.D;
      out.f[i] = solver.f;
      out.Dp[i] = solver.Dp;
      out.status[i] = solver.atBound ? Status.atBound : Status.converged;
      if (out.sd) this.#deviations.write(out, i, solver.sse);
    }
  }
}
