import type { FitTask, Fitter, ResidualTest } from '../contracts/fitter.ts';
import { failedFrom, PARAMETERS, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import type { MeasuredValue } from '../measures/measured-rows.ts';
import { chiSquareUpperTail } from '../statistics/chi-square.ts';
import { shareInterval } from '../statistics/share-interval.ts';

/** A voxel is a poor fit if residuals as large as its own have a smaller probability: one in a thousand where the model holds. */
export const POOR_FIT_BELOW = 1e-3;

/**
 * S0, and two of D, f and Dp: the third is often determined by bounds or a prior, where a fit with fewer effective parameters
 * leaves larger residuals. With four, false alarms on normal tissue exceed one in a thousand (docs/model-check.md).
 */
const DETERMINED = 3;

/** Returns how the residuals of a fitter are tested; undefined if its estimates do not describe a decay, or not well. */
export function residualTestOf(
  { estimates = PARAMETERS, inexact }: Fitter,
  averages?: FitTask['averages'],
): ResidualTest | undefined {
  if (inexact || !PARAMETERS.every((name) => estimates.includes(name))) return undefined;
  return { parameters: DETERMINED, ...(averages ? { averages } : {}) };
}

/**
 * Tests the residuals of every estimate, writes `out.p` and sets the status `poorFit` where it is below `POOR_FIT_BELOW`. The
 * estimates stay. Without `signals.sigma`, or with fewer signals than degrees of freedom need, nothing is tested.
 *
 * The statistic is the sum of squares of signal minus S0 (f exp(-b Dp) + (1 - f) exp(-b D)) in units of the noise variance,
 * each signal weighted by the number of its measurements, b=0 included, at the S0 that makes it least: S0 is one more
 * parameter for fitters that divide by the signal at b=0, whose noise is in all signals then. It is compared with chi-square of as many
 * degrees of freedom as there are signals, less the parameters that they determine. A magnitude of amplitude A has a mean
 * between A and sqrt(A² + sigma²), nearly (Gudbjartsson and Patz 1995), and fitters differ in which of the two they fit:
 * signals between both have no residual, others that to the nearer one.
 */
export function testResiduals(
  { bValues, values, sigma }: Signals,
  out: Estimates,
  { averages, parameters }: ResidualTest,
): void {
  const { n, D, f, Dp, status, p } = out;
  const width = bValues.length;
  const degrees = width - parameters;
  p?.fill(NaN, 0, n);
  if (!sigma || degrees < 1) return;
  // Signals.sigma is that of a mean over as many measurements.
  const perSignal = averages ? averages.subarray(1).reduce((sum, count) => sum + count, 0) / (width - 1) : 1;
  const decay = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    if (status[i] >= failedFrom || !(sigma[i] > 0 && sigma[i] < Infinity)) continue;
    let along = 0;
    let square = 0;
    for (let k = 0, at = i * width; k < width; k++, at++) {
      const b = bValues[k];
      const slow = Math.exp(-b * D[i]);
      const model = slow + f[i] * (Math.exp(-b * Dp[i]) - slow);
      const weight = averages ? averages[k] : 1;
      decay[k] = model;
      along += weight * model * values[at];
      square += weight * model * model;
    }
    const S0 = along / square;
    // Of one measurement.
    const variance = sigma[i] * sigma[i] * perSignal;
    let sum = 0;
    for (let k = 0, at = i * width; k < width; k++, at++) {
      const amplitude = S0 * decay[k];
      const floor = Math.sqrt(amplitude * amplitude + variance);
      const value = values[at];
      const left = value > floor ? value - floor : value < amplitude ? amplitude - value : 0;
      sum += (averages ? averages[k] : 1) * left * left;
    }
    const found = chiSquareUpperTail(sum / variance, degrees);
    if (p) p[i] = found;
    if (found < POOR_FIT_BELOW) status[i] = Status.poorFit;
  }
}

/** Returns the share of poor fits among the tested voxels, with Wilson's interval; undefined if none was tested. */
export function poorFitShare({ n, p, status }: Estimates): MeasuredValue | undefined {
  let tested = 0;
  let poor = 0;
  for (let i = 0; i < n; i++) {
    if (p === undefined || Number.isNaN(p[i])) continue;
    tested++;
    if (status[i] === Status.poorFit) poor++;
  }
  return tested === 0 ? undefined : { value: poor / tested, ...shareInterval(poor, tested), n: tested };
}
