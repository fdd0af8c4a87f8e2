import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { requireFour } from '../solvers/bounds.ts';
import { NonNegative } from '../solvers/non-negative.ts';

const settings = z
  .strictObject({
    rates: z
      .tuple([z.number().positive(), z.number().positive().max(10)])
      .default([0.0003, 0.3])
      .describe('smallest and largest rate of the spectrum, mm²/s'),
    count: z.int().min(4).max(200).default(40).describe('number of rates, evenly spaced in their logarithm'),
    boundary: z
      .number()
      .positive()
      .default(0.005)
      .describe('rate that separates diffusion from perfusion, mm²/s'),
    ridge: z
      .number()
      .min(1e-9)
      .max(1)
      .default(1e-4)
      .describe('weight of the squared amplitudes relative to the squared residuals; larger is smoother'),
  })
  .refine(({ rates, boundary }) => rates[0] < boundary && boundary < rates[1], {
    message: 'rates and boundary: the boundary must lie between the smallest and the largest rate',
  })
  .readonly();
type Settings = z.infer<typeof settings>;

/**
 * The spectrum of decay rates by non-negative least squares: signals are a sum of exponentials of many fixed rates with amplitudes
 * from 0 up, which assumes no number of compartments. What decays slower than `boundary` is diffusion, the rest perfusion: f is the
 * share of the latter, S0 the sum of all, and D and Dp are geometric means of the rates weighted by their amplitudes. With few
 * b-values and noise the spectrum is two or three spikes.
 *
 * Status: `atBound` where either part is empty (f 0 or 1): its rate is then reported as the boundary; `notConverged` where all
 * amplitudes are 0. No standard deviations.
 */
const nnls: Fitter<Settings> = {
  label: 'NNLS spectrum',
  source:
    'Lawson and Hanson, Solving Least Squares Problems, 1974; Whittall and MacKay, J Magn Reson 1989;84:134-152 (spectra); ' +
    'Stabinska et al., Magn Reson Med 2021;86:1600-1613 (kidney)',
  inexact: true,
  settings,
  estimatesS0: true,
  // Rates are those of a grid, and the ridge shrinks amplitudes.
  guarantees: ['ordered'],
  async prepare({ bValues }: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireFour('nnls', bValues);
    return new Spectrum(bValues, settings);
  },
};
export default nnls;

class Spectrum implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #logs: Float64Array;
  readonly #boundary: number;
  readonly #solver: NonNegative;

  constructor(bValues: Float64Array, { rates: [least, most], count, boundary, ridge }: Settings) {
    this.#width = bValues.length;
    this.#boundary = boundary;
    const step = Math.log(most / least) / (count - 1);
    this.#logs = Float64Array.from({ length: count }, (_, j) => Math.log(least) + j * step);
    const decays = new Float64Array(bValues.length * count);
    for (let k = 0; k < bValues.length; k++) {
      for (let j = 0; j < count; j++) decays[k * count + j] = Math.exp(-bValues[k] * Math.exp(this.#logs[j]));
    }
    this.#solver = new NonNegative(decays, count, ridge);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel({ values, scale }: Signals, i: number, out: Estimates): void {
    const solver = this.#solver;
    const logs = this.#logs;
    const boundary = Math.log(this.#boundary);
    const ended = solver.solve(values, i * this.#width);
    let [slow, fast, slowLogs, fastLogs] = [0, 0, 0, 0];
    for (let j = 0; j < logs.length; j++) {
      const amplitude = solver.x[j];
      if (logs[j] < boundary) {
        slow += amplitude;
        slowLogs += amplitude * logs[j];
      } else {
        fast += amplitude;
        fastLogs += amplitude * logs[j];
      }
    }
    const all = slow + fast;
    if (!ended || !(all > 0 && all < Infinity)) {
      fail(out, i, Status.notConverged);
      return;
    }
    out.S0[i] = all * scale[i];
    out.D[i] = slow > 0 ? Math.exp(slowLogs / slow) : this.#boundary;
    out.f[i] = fast / all;
    out.Dp[i] = fast > 0 ? Math.exp(fastLogs / fast) : this.#boundary;
    out.status[i] = slow > 0 && fast > 0 ? Status.converged : Status.atBound;
    if (out.sd) out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
  }
}
