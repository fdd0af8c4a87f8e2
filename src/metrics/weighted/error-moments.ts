import type { ErrorSample } from '../../contracts/metric.ts';
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

const shared = new WeakMap<ErrorSample, Moments>();

/**
 * The sums that RMSE, bias and standard deviation are made of, in one pass over the voxels for all of them:
 * everyone who asks for the same sample and the same array of weights gets the same sums.
 */
export function errorMoments(sample: ErrorSample): Moments {
  let moments = shared.get(sample);
  if (!moments) {
    moments = remembering(prepare(sample));
    shared.set(sample, moments);
  }
  return moments;
}

function remembering(moments: Moments): Moments {
  let last: { weights: Uint8Array | null; moments: ErrorMoments } | undefined;
  return (weights) => {
    if (!last || last.weights !== weights) last = { weights, moments: moments(weights) };
    return last.moments;
  };
}

function prepare({ estimate, truth }: ErrorSample): Moments {
  const n = estimate.length;
  const failed = failedVoxels(estimate);
  // Failed voxels add nothing to any sum.
  const error = estimate.map((value, i) => (Number.isFinite(value) ? value - truth[i] : 0));
  const usedTruth = truth.map((value, i) => (Number.isFinite(estimate[i]) ? value : 0));
  // The scatter is summed about the plain mean: squares of a large bias would swallow a small one.
  const centre = error.reduce((sum, value) => sum + value, 0) / (n - failed.length);
  const centred = error.map((value, i) => (Number.isFinite(estimate[i]) ? value - centre : 0));

  const ones = new Uint8Array(n).fill(1);

  const sums = { first: 0, second: 0, squares: 0, truths: 0 };

  return (weights) => {
    const weight = weightSum(weights, n, failed);
    weightedSums(weights ?? ones, error, centred, usedTruth, sums);
    const shift = sums.first / weight;
    return {
      weight,
      bias: centre + shift,
      // Summed by itself: made from the centred sums it would be a difference, and not always above 0.
      meanSquare: sums.squares / weight,
      scatter: Math.max(0, sums.second - sums.first * shift),
      meanTruth: sums.truths / weight,
    };
  };
}

/** The hot loop: a function of its own arguments, since V8 runs loops over a closure's variables at half the speed. */
function weightedSums(
  weights: Uint8Array,
  error: Float64Array,
  centred: Float64Array,
  truth: Float64Array,
  out: { first: number; second: number; squares: number; truths: number },
): void {
  let first = 0;
  let second = 0;
  let squares = 0;
  let truths = 0;
  for (let i = 0; i < error.length; i++) {
    const w = weights[i];
    const e = error[i];
    const c = centred[i];
    const wc = w * c;
    first += wc;
    second += wc * c;
    squares += w * e * e;
    truths += w * truth[i];
  }
  out.first = first;
  out.second = second;
  out.squares = squares;
  out.truths = truths;
}
