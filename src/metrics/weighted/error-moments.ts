import type { ErrorSample } from '../../contracts/metric.ts';
import { oncePer } from './once-per.ts';
import { COLUMNS, columnSums } from './column-sums.ts';
import { failedVoxels, weightSum } from './weight-sum.ts';

/** Weighted sums over the voxels that did not fail. */
export interface ErrorMoments {
  /** Sum of the weights. */
  readonly weight: number;
  /** Mean of estimate minus truth. */
  readonly bias: number;
  /** Mean squared error. */
  readonly meanSquare: number;
  /** Sum of squared deviations of the errors from their mean. */
  readonly scatter: number;
  readonly meanTruth: number;
}

type Moments = (weights: Uint8Array | null) => ErrorMoments;

/**
 * Computes the sums behind RMSE, bias and standard deviation in one pass over the voxels. They are cached by sample and by
 * weights array.
 */
export const errorMoments = oncePer((sample: ErrorSample) => remembering(prepare(sample)));

function remembering(moments: Moments): Moments {
  let last: { weights: Uint8Array | null; moments: ErrorMoments } | undefined;
  return (weights) => {
    if (!last || last.weights !== weights) last = { weights, moments: moments(weights) };
    return last.moments;
  };
}

function prepare({ estimate, truth, kernel }: ErrorSample): Moments {
  const n = estimate.length;
  const failed = failedVoxels(estimate);
  // Failed voxels do not contribute to any sum.
  const error = estimate.map((value, i) => (Number.isFinite(value) ? value - truth[i] : 0));
  // Deviations are from the unweighted mean: summing squares about 0 would lose a small scatter next to a large bias.
  const centre = error.reduce((sum, value) => sum + value, 0) / (n - failed.length);

  const table = new Float64Array(COLUMNS * n);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(estimate[i])) continue;
    const centred = error[i] - centre;
    table[COLUMNS * i] = centred;
    table[COLUMNS * i + 1] = centred * centred;
    table[COLUMNS * i + 2] = error[i] * error[i];
    table[COLUMNS * i + 3] = truth[i];
  }
  const sums = columnSums(table, kernel);

  return (weights) => {
    const weight = weightSum(weights, n, failed);
    const [first, second, squares, truths] = sums(weights);
    const shift = first / weight;
    return {
      weight,
      bias: centre + shift,
      // Summed separately: derived from the centred sums it would be a difference, and could be negative.
      meanSquare: squares / weight,
      scatter: Math.max(0, second - first * shift),
      meanTruth: truths / weight,
    };
  };
}
