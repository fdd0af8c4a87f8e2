import { allocateEstimates, failedFrom } from '../../contracts/voxels.ts';
import { ROWS_AT_ONCE } from '../../data/each-piece.ts';
import type { MeasuredProtocol } from '../../data/measured-protocol.ts';
import type { NiftiHeader } from '../../data/nifti-header.ts';
import { allocateRows, normalise, usedSignals } from '../../data/normalise.ts';
import type { RowSource } from '../../data/row-source.ts';
import { voxelSizes } from '../../data/voxel-sizes.ts';
import { loadFitter } from '../../plugins/discover.ts';
import { differentBValues } from '../../signal/b-values.ts';
import { meanLogChiSquared } from '../../statistics/chi-square.ts';

/** A fast least-squares fit of S0, D, f and Dp. */
const FITTER = 'varpro';
const PARAMETERS = 4;
/** Standard deviation of the Gaussian that smooths, in the smallest voxel size. */
const SMOOTHING = 4;
/** The Gaussian is cut off here, in standard deviations. */
const CUT_OFF = 3;
/** A voxel is air, and not used, where its b=0 signal is below so many times the typical noise. */
const AIR = 3;

/** A noise level for every voxel. */
export interface LocalSigma {
  /** Noise of one measurement in the unit of the scan; NaN where there is no estimate. */
  readonly sigma: Float64Array;
  /** Number of voxels that it was estimated from. */
  readonly voxels: number;
  /** Degrees of freedom of each. */
  readonly degrees: number;
}

/**
 * A noise level that varies smoothly over a scan, by the homomorphic approach (Aja-Fernández, Pieciak and Vegas-Sánchez-Ferrero,
 * Medical Image Analysis 2015;20:184-197): the logarithm of what is left of each voxel's signals is the logarithm of a smooth sigma
 * plus noise, which a Gaussian filter removes. What is left are the residuals of a least-squares fit of the four-parameter decay to the
 * mean signals, each weighted by its number of measurements, and the scatter of repeated measurements about their means: together
 * sigma² times a chi-squared variable with d degrees of freedom, whose logarithm is on average
 *
 *     log sigma² + digamma(d / 2) + log 2.
 *
 * Voxels of air are not used. Where signals are of the order of the noise, Rician noise scatters less than sigma.
 *
 * @returns undefined if neither repeats nor a fifth b-value leave a degree of freedom, or no voxel can be fitted
 */
export async function localSigma(
  source: RowSource,
  protocol: MeasuredProtocol,
  { shape, affine }: Pick<NiftiHeader, 'shape' | 'affine'>,
): Promise<LocalSigma | undefined> {
  const { bValues, place, repeats } = protocol;
  const width = bValues.length;
  const fits = differentBValues(bValues).length >= PARAMETERS && width > PARAMETERS;
  const repeated = repeats.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  const degrees = (fits ? width - PARAMETERS : 0) + repeated;
  if (degrees < 1) return undefined;
  const { value: fitter } = await loadFitter(FITTER);
  const prepared = await fitter.prepare({ bValues, seed: 0 }, fitter.settings?.parse({}));
  const most = Math.min(ROWS_AT_ONCE, source.n);
  const rows = allocateRows(most, width, false);
  const out = allocateEstimates(most);
  const sums = new Float64Array(source.n).fill(NaN);
  const b0 = new Float64Array(source.n);
  const columns = place.length;
  const raw = new Float64Array(most * columns);
  for (let first = 0; first < source.n; first += most) {
    const count = Math.min(most, source.n - first);
    await source.read(first, count, raw);
    const inside = source.inside?.subarray(first, first + count);
    const n = normalise(raw, count, protocol, rows, inside);
    if (n === 0) continue;
    const signals = usedSignals(bValues, rows, n);
    if (fits) await prepared.fit(signals, { ...out, n });
    for (let j = 0; j < n; j++) {
      if (fits && out.status[j] >= failedFrom) continue;
      const i = rows.rows[j];
      const scale = signals.scale[j];
      let sum = 0;
      for (let k = 0; fits && k < width; k++) {
        const decay =
          out.f[j] * Math.exp(-bValues[k] * out.Dp[j]) + (1 - out.f[j]) * Math.exp(-bValues[k] * out.D[j]);
        const left = signals.values[j * width + k] * scale - out.S0[j] * decay;
        sum += Math.max(1, repeats[k]) * left * left;
      }
      for (let c = 0; repeated > 0 && c < columns; c++) {
        const mean = signals.values[j * width + place[c]] * scale;
        sum += (raw[i * columns + c] - mean) ** 2;
      }
      sums[first + i] = sum;
      b0[first + i] = scale;
    }
  }
  const typical = Math.sqrt((median(sums.filter((sum) => sum > 0)) ?? NaN) / degrees);
  const expected = meanLogChiSquared(degrees);
  const logs = new Float64Array(source.n);
  const weights = new Float64Array(source.n);
  let voxels = 0;
  for (let i = 0; i < source.n; i++) {
    if (!(sums[i] > 0) || !(b0[i] > AIR * typical)) continue;
    logs[i] = (Math.log(sums[i]) - expected) / 2;
    weights[i] = 1;
    voxels++;
  }
  if (voxels === 0) return undefined;
  smooth(
    logs,
    weights,
    shape,
    // A header without sizes has voxels of 1 mm.
    voxelSizes(affine).map((mm) => mm || 1),
  );
  return {
    sigma: logs.map((log, i) => (weights[i] > 0 ? Math.exp(log / weights[i]) : NaN)),
    voxels,
    degrees,
  };
}

const median = (values: Float64Array): number | undefined => values.toSorted()[values.length >> 1];

/** Convolves sums and weights with a Gaussian, axis by axis: their ratio is a weighted mean of the voxels around. */
function smooth(
  sums: Float64Array,
  weights: Float64Array,
  shape: readonly number[],
  sizes: readonly number[],
): void {
  const sd = SMOOTHING * Math.min(...sizes.filter((_, axis) => shape[axis] > 1), Infinity);
  let stride = 1;
  for (let axis = 0; axis < 3; axis++) {
    const length = shape[axis];
    if (length > 1) {
      const reach = Math.min(length - 1, Math.ceil((CUT_OFF * sd) / sizes[axis]));
      const kernel = Float64Array.from({ length: reach + 1 }, (_, k) =>
        Math.exp(-0.5 * ((k * sizes[axis]) / sd) ** 2),
      );
      for (const values of [sums, weights]) filterLines(values, kernel, length, stride);
    }
    stride *= length;
  }
}

/** Convolves every line along an axis with a symmetric kernel, of which one half is given. */
function filterLines(values: Float64Array, kernel: Float64Array, length: number, stride: number): void {
  const line = new Float64Array(length);
  for (let start = 0; start < values.length; start++) {
    if (Math.floor(start / stride) % length !== 0) continue;
    for (let k = 0; k < length; k++) line[k] = values[start + k * stride];
    for (let k = 0; k < length; k++) {
      let sum = kernel[0] * line[k];
      for (let by = 1; by < kernel.length; by++) {
        if (k >= by) sum += kernel[by] * line[k - by];
        if (k + by < length) sum += kernel[by] * line[k + by];
      }
      values[start + k * stride] = sum;
    }
  }
}
