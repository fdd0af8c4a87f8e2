/** Signals of `n` voxels measured at the same b-values: the input of every fitter. */
export interface Signals {
  /**
   * b-values in s/mm², ascending. The first is 0 and occurs once; one above 0 that was measured several times occurs as often.
   * For a fitter that estimates S0 from a scan without b=0, the first is the lowest measured.
   */
  readonly bValues: Float64Array;
  /** Number of voxels. */
  readonly n: number;
  /** n x bValues.length, row-major; each row is divided by its mean at the first b-value, so the first column is 1. */
  readonly values: Float64Array;
  /** The divisor of each row, in the unit of the scan; 1 if rows came normalised. Length n. */
  readonly scale: Float64Array;
  /** Standard deviation of the noise per quadrature channel in the unit of `values`, if known. Length n. */
  readonly sigma?: Float64Array;
}

/** Parameters of `n` voxels: D and Dp in mm²/s, f a fraction 0..1. */
export interface Parameters {
  readonly n: number;
  readonly D: Float64Array;
  readonly f: Float64Array;
  readonly Dp: Float64Array;
}

/** Simulated voxels: the measured signals and the true parameters. */
export interface LabelledSignals {
  readonly signals: Signals;
  readonly truth: Parameters;
}

/** Names of the three parameters in the order every table and figure uses. */
export const PARAMETERS = ['D', 'f', 'Dp'] as const;
export type ParameterName = (typeof PARAMETERS)[number];

/** The output of a fitter, one entry per voxel. A failed voxel is NaN in every parameter. */
export interface Estimates extends Parameters {
  /** Signal at b=0 in the unit of the scan. */
  readonly S0: Float64Array;
  /** One of `Status` per voxel. */
  readonly status: Uint8Array;
  /** Standard deviations, if requested and the fitter reports them; otherwise NaN. */
  readonly sd?: { readonly D: Float64Array; readonly f: Float64Array; readonly Dp: Float64Array };
  /**
   * Posterior quantiles of each parameter, if requested and the fitter reports them; otherwise NaN. Each n x
   * QUANTILE_LEVELS.length, row-major, ascending within a voxel.
   */
  readonly quantiles?: { readonly D: Float64Array; readonly f: Float64Array; readonly Dp: Float64Array };
  /**
   * Probability of residuals at least as large as these if the decay of the estimate is right; NaN where they were not tested.
   * The program writes it after `fit`, see `ResidualTest`; fitters do not.
   */
  readonly p?: Float64Array;
  /**
   * Root mean square of the differences between the signals and the decay of the estimate, in the unit of the scan, each
   * signal weighted by its number of measurements; NaN where the estimate is no decay. Written by the program, as `p` is.
   */
  readonly residual?: Float64Array;
  /** Noise level that the voxel was fitted with, in the unit of the scan, where each has its own. Written by the program. */
  readonly sigma?: Float64Array;
  /** Share of the variance of a voxel's signals over b that its decay explains, weighted alike: 1 is all of it. */
  readonly rSquared?: Float64Array;
}

/** Levels of `Estimates.quantiles`: the ends of the central 95, 80 and 50 % intervals, and the median between them. */
export const QUANTILE_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** Allocates the estimates of `n` voxels, filled with NaN and `notFitted`. */
export function allocateEstimates(
  n: number,
  options: { sd?: boolean; quantiles?: boolean; p?: boolean; residuals?: boolean } = {},
): Estimates {
  const nan = (numbers = n) => new Float64Array(numbers).fill(NaN);
  const levels = () => nan(n * QUANTILE_LEVELS.length);
  return {
    n,
    S0: nan(),
    D: nan(),
    f: nan(),
    Dp: nan(),
    status: new Uint8Array(n).fill(Status.notFitted),
    ...(options.sd ? { sd: { D: nan(), f: nan(), Dp: nan() } } : {}),
    ...(options.quantiles ? { quantiles: { D: levels(), f: levels(), Dp: levels() } } : {}),
    ...(options.p ? { p: nan() } : {}),
    ...(options.residuals ? { residual: nan(), rSquared: nan() } : {}),
  };
}

/** The outcome for a voxel. Estimates with a status from `failedFrom` on are NaN. */
export const Status = {
  converged: 0,
  /** Converged with at least one parameter on its bound. */
  atBound: 1,
  /** The method could not be used on this voxel; the estimate is of the simpler one named in the fitter's documentation. */
  fellBack: 2,
  /** Noise or signals outside the range the method is made for; the estimate is that for the nearest point of the range. */
  outOfRange: 3,
  /**
   * The signals differ from the decay of the estimate by more than noise explains (p < 1e-3), so that its parameters may mean
   * nothing. Set by the program in place of the status of the fitter, wherever the noise is known.
   */
  poorFit: 4,
  /** The mean of so few independent samples that another seed would give another one. */
  fewSamples: 5,
  /** Stopped at its iteration limit. */
  notConverged: 16,
  /** The signal holds NaN or infinity, or its b=0 mean is not positive. */
  notFinite: 17,
  /** Outside the mask, or without signal. */
  background: 18,
  /** No estimate was written for this voxel. */
  notFitted: 19,
} as const;
export type StatusCode = (typeof Status)[keyof typeof Status];

/** The first status that means "no estimate". */
export const failedFrom = Status.notConverged;

/** Marks voxel `i` as failed: NaN everywhere and the reason. */
export function fail(out: Estimates, i: number, reason: StatusCode): void {
  out.S0[i] = out.D[i] = out.f[i] = out.Dp[i] = NaN;
  out.status[i] = reason;
  if (out.sd) out.sd.D[i] = out.sd.f[i] = out.sd.Dp[i] = NaN;
  if (!out.quantiles) return;
  const from = i * QUANTILE_LEVELS.length;
  for (const name of PARAMETERS) out.quantiles[name].fill(NaN, from, from + QUANTILE_LEVELS.length);
}
