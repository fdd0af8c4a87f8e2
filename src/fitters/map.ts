import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter, SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { allocateEstimates, fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { pauser } from '../nets/pauser.ts';
import { fitPrior } from '../solvers/prior-densities.ts';
import type { FittedPrior, PriorDensities } from '../solvers/prior-densities.ts';
import { boundsSchema, requireOrder, type ParameterBounds } from '../solvers/bounds.ts';
import { MapSearch } from '../solvers/map-search.ts';
import { fitMeasured, requireMeasurements } from '../solvers/measurements.ts';
import leastSquares from './ls.ts';

const lognormal = z.strictObject({
  median: z.number().positive().describe('median, mm²/s'),
  sigma: z.number().positive().describe('standard deviation of the logarithm'),
});
const bounded = z.number().min(1, 'below 1 the density has no highest value, and the posterior no maximum');
const densities = z.strictObject({
  Dp: lognormal.describe('lognormal prior of Dp'),
  D: lognormal.describe('lognormal prior of D'),
  f: z
    .strictObject({
      a: bounded.describe('first shape parameter'),
      b: bounded.describe('second shape parameter'),
    })
    .describe('beta prior of f'),
});

const settings = z.strictObject({
  prior: z
    .union([z.literal('empirical'), densities])
    .default('empirical')
    .describe(
      'prior density: `empirical`, estimated from the least-squares estimates of all voxels to be fitted, or given ' +
        'densities: lognormal for Dp and D (location 0), beta for f',
    ),
  bounds: boundsSchema.describe(
    'bounds of the estimates, which have Dp >= D: `broad`, the name of an organ, or ranges between 0 and 1',
  ),
});
type Settings = z.infer<typeof settings>;

/** The output of `save`: the densities, and their origin. */
const savedPrior = z.strictObject({ prior: densities, used: z.number(), of: z.number() });
const priorFile = 'prior.json';

/** Number of voxels per piece of the least-squares fits; progress is reported and other work proceeds between pieces. */
const PIECE = 4096;

/**
 * The study's Bayesian fit: the most probable D, f and Dp under lognormal and beta priors, with unknown noise level, at the
 * global maximum of the posterior within the bounds, with Dp >= D. The study's bounds are 0 to 1 on everything; the empirical
 * prior is learned within the study's bounds whatever these are.
 *
 * Status: `atBound` at a bound or if Dp = D. Standard deviations: see `laplaceVariances`.
 */
const map: Fitter<Settings> = {
  label: 'Bayesian MAP',
  source: 'Barbieri et al., Magn Reson Med 2020;83:312-321',
  settings,
  needs: ({ prior }) => (prior === 'empirical' ? ['allVoxels'] : []),
  async prepare(task, { prior, bounds }) {
    requireMeasurements('map', task.bValues);
    requireSearchable(bounds);
    if (prior !== 'empirical') {
      return new MostProbable(task.bValues, prior, bounds, `prior as given: ${describe(prior)}`);
    }
    const fitted = task.model ? readPrior(task.model) : await empiricalPrior(task);
    const note = `empirical prior from ${fitted.used} of ${fitted.of} voxels: ${describe(fitted.prior)}`;
    return new MostProbable(task.bValues, fitted.prior, bounds, note, fitted);
  },
};
export default map;

class MostProbable implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly notes: readonly string[];
  readonly save?: () => Promise<SavedModel>;
  readonly #width: number;
  readonly #search: MapSearch;

  constructor(
    bValues: Float64Array,
    prior: PriorDensities,
    bounds: ParameterBounds,
    note: string,
    fitted?: FittedPrior,
  ) {
    this.#width = bValues.length;
    this.#search = new MapSearch(bValues.slice(1), prior, bounds);
    this.notes = [note];
    if (fitted) this.save = async () => writePrior(fitted);
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel({ values, scale }: Signals, i: number, out: Estimates): void {
    const search = this.#search;
    search.run(values, i * this.#width + 1);
    if (!search.converged) {
      fail(out, i, Status.notConverged);
      return;
    }
    out.S0[i] = scale[i];
    out.D[i] = search.D;
    out.f[i] = search.f;
    out.Dp[i] = search.Dp;
    out.status[i] = search.atBound ? Status.atBound : Status.converged;
    if (!out.sd) return;
    search.deviate();
    out.sd.D[i] = search.sdD;
    out.sd.f[i] = search.sdF;
    out.sd.Dp[i] = search.sdDp;
  }
}

/** @throws InputError if the bounds leave nothing to search, or go beyond where the study's objective is defined */
function requireSearchable(bounds: ParameterBounds): void {
  requireOrder('map', bounds);
  for (const name of ['D', 'Dp'] as const) {
    const [, most] = bounds[name];
    if (most > 1) {
      throw new InputError(`map: bounds of ${name} end at ${most}; the study's posterior ends at 1 mm²/s`);
    }
  }
}

/** Fits the densities to the study's least-squares estimates of all the voxels that will be fitted. */
async function empiricalPrior(task: FitTask): Promise<FittedPrior> {
  const instead = 'give the densities: prior: {Dp: {median, sigma}, D: {median, sigma}, f: {a, b}}';
  if (!task.allVoxels) {
    throw new InputError(`map: prior: empirical needs the voxels that will be fitted; ${instead}`);
  }
  const cohort = await task.allVoxels();
  const estimates = allocateEstimates(cohort.n);
  const prepared = await leastSquares.prepare(task, leastSquares.settings!.parse({}));
  const pause = pauser();
  for (let from = 0; from < cohort.n; from += PIECE) {
    const to = Math.min(from + PIECE, cohort.n);
    await prepared.fit(signalsOf(cohort, from, to), estimatesOf(estimates, from, to));
    task.onProgress?.(to / cohort.n, `least squares for the prior: ${to} of ${cohort.n} voxels`);
    await pause();
  }
  try {
    return fitPrior(estimates);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`map: prior: empirical found no prior: ${error.message}; ${instead}`, {
      cause: error,
    });
  }
}

/** Returns the voxels from `from` to before `to`, without copying. */
function signalsOf({ bValues, values, scale }: Signals, from: number, to: number): Signals {
  const width = bValues.length;
  return {
    bValues,
    n: to - from,
    values: values.subarray(from * width, to * width),
    scale: scale.subarray(from, to),
  };
}

/** Returns the estimates of that part, without copying. */
function estimatesOf({ S0, D, f, Dp, status }: Estimates, from: number, to: number): Estimates {
  const part = (values: Float64Array) => values.subarray(from, to);
  return {
    n: to - from,
    S0: part(S0),
    D: part(D),
    f: part(f),
    Dp: part(Dp),
    status: status.subarray(from, to),
  };
}

function writePrior({ prior, used, of }: FittedPrior): SavedModel {
  const text = `${JSON.stringify({ prior, used, of }, null, 1)}\n`;
  return { files: new Map([[priorFile, new TextEncoder().encode(text)]]) };
}

function readPrior(model: SavedModel): FittedPrior {
  const bytes = model.files.get(priorFile);
  if (!bytes) throw new InputError(`map: the saved model has no ${priorFile}`);
  try {
    return savedPrior.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw new InputError(`map: ${priorFile} of the saved model is not a prior that map has saved`, {
      cause: error,
    });
  }
}

function describe({ Dp, D, f }: PriorDensities): string {
  const digits = (value: number) => value.toPrecision(4);
  return (
    `Dp lognormal (median ${digits(Dp.median)} mm²/s, sigma ${digits(Dp.sigma)}), ` +
    `D lognormal (median ${digits(D.median)} mm²/s, sigma ${digits(D.sigma)}), ` +
    `f beta (a ${digits(f.a)}, b ${digits(f.b)})`
  );
}
