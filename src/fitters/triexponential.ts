import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { differentBValues } from '../signal/b-values.ts';
import { Cholesky } from '../solvers/cholesky.ts';
import { DampedNewton } from '../solvers/damped-newton.ts';
import { fitMeasured } from '../solvers/measurements.ts';
import { RateTriples } from '../solvers/rate-starts.ts';
import { ThreeDecays } from '../solvers/decay-objectives.ts';

const UNKNOWNS = 6;
/** Rates of D, of the slower and of the faster perfusion in the grid the search starts from. */
const GRID = [10, 8, 4];
/** No amplitude is above this multiple of the mean at b=0. */
const MOST_AMPLITUDE = 2;
/** How near to a bound, as a share of their distance, counts as on it. */
const ON_BOUND = 1e-8;

/** Wide around what Riexinger 2019 finds in the liver at 1.5 and 3 T: D 0.001, D1* 0.07 to 0.08, D2* 2.3 to 2.5 mm²/s. */
const LIVER_BOUNDS = { D: [0, 0.005], Dp1: [0.005, 0.5], Dp2: [0.5, 10] } as const;

const rates = (what: string) =>
  z
    .tuple([z.number().min(0).max(1000), z.number().min(0).max(1000)])
    .refine(([low, high]) => low < high, {
      message: `${what}: the lower bound must be below the upper bound`,
    })
    .readonly();

const settings = z.strictObject({
  bounds: z
    .strictObject({
      D: rates('bounds of D').default(LIVER_BOUNDS.D).describe('lower and upper bound of D, mm²/s'),
      Dp1: rates('bounds of Dp1')
        .default(LIVER_BOUNDS.Dp1)
        .describe('lower and upper bound of the slower pseudo-diffusion coefficient, mm²/s'),
      Dp2: rates('bounds of Dp2')
        .default(LIVER_BOUNDS.Dp2)
        .describe('lower and upper bound of the faster pseudo-diffusion coefficient, mm²/s'),
    })
    .readonly()
    .default(LIVER_BOUNDS)
    .describe('bounds of D and of the two pseudo-diffusion coefficients'),
  maxEvaluations: z.int().min(1).default(400).describe('maximum number of model evaluations per voxel'),
});
type Settings = z.infer<typeof settings>;

/**
 * Three decays: diffusion and two kinds of perfusion, as in the liver, S0 fitted too:
 * S0 ((1 - f1 - f2) exp(-b D) + f1 exp(-b D1*) + f2 exp(-b D2*)), all amplitudes from 0 up, by least squares from the best
 * triple of a grid of rates. D is comparable with that of the other fitters, and f = f1 + f2 with theirs; Dp has no
 * counterpart. Without b-values of a few s/mm² the faster perfusion shows at b=0 alone, and takes up its noise.
 *
 * Status: `atBound` where an amplitude is 0 or a rate on a bound; `notConverged` where the evaluations ran out or nothing has
 * a positive amplitude. Standard deviations: s² (J'J)^-1 over all six, s² = SSE / (n_b - 6), carried over to f to first
 * order; NaN where one is on a bound.
 */
const triexponential: Fitter<Settings> = {
  label: 'Tri-exponential',
  source:
    'Riexinger et al., J Magn Reson Imaging 2019;50:1883-1892, and Magn Reson Med 2021;85:2095-2108 (liver); ' +
    'Cercueil et al., Eur Radiol 2015;25:1541-1550',
  settings,
  estimates: ['D', 'f'],
  // Where two decays explain the signals so do many triples.
  guarantees: [],
  checkProtocol: requireUnknowns,
  async prepare({ bValues }: FitTask, settings: Settings): Promise<PreparedFitter> {
    requireUnknowns(bValues);
    return new TriExponential(bValues, settings);
  },
};
export default triexponential;

function requireUnknowns(bValues: Float64Array): void {
  if (differentBValues(bValues).length >= UNKNOWNS) return;
  throw new InputError(
    `triexponential: b-values ${bValues.join(', ')} are too few; it has ${UNKNOWNS} unknowns and needs as many`,
  );
}

class TriExponential implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #triples: RateTriples;
  readonly #target: ThreeDecays;
  readonly #search: DampedNewton;
  readonly #cholesky = new Cholesky(UNKNOWNS);
  readonly #none = new Uint8Array(UNKNOWNS);
  readonly #slope = new Float64Array(UNKNOWNS);
  readonly #solved = new Float64Array(UNKNOWNS);

  constructor(bValues: Float64Array, { bounds: { D, Dp1, Dp2 }, maxEvaluations }: Settings) {
    const most = MOST_AMPLITUDE;
    this.#width = bValues.length;
    this.#lower = Float64Array.of(0, 0, 0, D[0], Dp1[0], Dp2[0]);
    this.#upper = Float64Array.of(most, most, most, D[1], Dp1[1], Dp2[1]);
    this.#triples = new RateTriples(bValues, [D, Dp1, Dp2], GRID);
    this.#target = new ThreeDecays(bValues);
    this.#search = new DampedNewton(
      this.#target,
      this.#lower,
      this.#upper,
      { relative: 1e-8, absolute: 1e-20 },
      maxEvaluations,
    );
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel(signals: Signals, i: number, out: Estimates): void {
    const search = this.#search;
    const { x } = search;
    this.#triples.best(signals.values, i * this.#width);
    this.#target.measure(signals.values, i * this.#width);
    x.set(this.#triples.x);
    const ended = search.run();
    const S0 = x[0] + x[1] + x[2];
    if (!ended || !(S0 > 0)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const f = (x[1] + x[2]) / S0;
    out.S0[i] = S0 * signals.scale[i];
    out.D[i] = x[3];
    out.f[i] = f;
    out.Dp[i] = NaN;
    out.status[i] = this.#isFree(x) ? Status.converged : Status.atBound;
    if (!out.sd) return;
    out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
    if (out.status[i] === Status.atBound || this.#width === UNKNOWNS) return;
    if (!this.#cholesky.factorise(this.#target.curvature, this.#none)) return;
    const variance = (2 * search.value) / (this.#width - UNKNOWNS);
    const slope = this.#slope;
    slope.fill(0);
    slope[3] = 1;
    out.sd.D[i] = Math.sqrt(variance * this.#varianceAlong(slope));
    slope[3] = 0;
    slope[0] = -f / S0;
    slope[1] = slope[2] = (1 - f) / S0;
    out.sd.f[i] = Math.sqrt(variance * this.#varianceAlong(slope));
  }

  /** slope' (J'J)^-1 slope. */
  #varianceAlong(slope: Float64Array): number {
    this.#cholesky.solve(slope, this.#solved);
    let sum = 0;
    for (let j = 0; j < UNKNOWNS; j++) sum += slope[j] * this.#solved[j];
    return sum;
  }

  #isFree(x: Float64Array): boolean {
    for (let j = 0; j < UNKNOWNS; j++) {
      const margin = ON_BOUND * (this.#upper[j] - this.#lower[j]);
      if (x[j] <= this.#lower[j] + margin || x[j] >= this.#upper[j] - margin) return false;
    }
    return true;
  }
}
