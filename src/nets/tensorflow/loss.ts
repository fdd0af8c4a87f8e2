import type { Loss, OutputLoss } from '../engine.ts';
import { lossCoefficients } from '../fused/loss-coefficients.ts';
import { weightedLoss } from '../fused/losses.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';

/** A loss over one batch. */
export interface LossGraph {
  /** The loss, and its gradient with respect to the outputs. `wanted` is the input or the target, as the loss needs. */
  evaluate(outputs: Tensor, wanted: Tensor): { value: number; gradient: Tensor };
}

export function lossGraph(loss: Loss, batch: number, o: Operations): LossGraph {
  switch (loss.kind) {
    case 'rebuild':
      return rebuild(loss.bValues, batch, o);
    case 'squared':
      return squared(loss.weights, batch, o);
    case 'weighted':
      return weighted(loss.outputs, batch, o);
  }
}

/**
 * With both decays side by side (columns 0..n-1 for Dp, n..2n-1 for D) the signal is a product of matrices and so
 * needs few operations: E = exp(p A), F = p B + c, signal = (E F) C, where p holds Dp, D, f per row.
 */
function rebuild(bValues: Float64Array, batch: number, o: Operations): LossGraph {
  const n = bValues.length;
  const rates = new Float32Array(3 * 2 * n);
  const fractions = new Float32Array(3 * 2 * n);
  const constant = new Float32Array(2 * n).fill(1, n);
  const sum = new Float32Array(2 * n * n);
  for (let k = 0; k < n; k++) {
    rates[k] = rates[2 * n + n + k] = -bValues[k];
    fractions[4 * n + k] = 1;
    fractions[5 * n + k] = -1;
    sum[k * n + k] = sum[(n + k) * n + k] = 1;
  }
  const A = o.constant(rates, 3, 2 * n);
  const B = o.constant(fractions, 3, 2 * n);
  const c = o.constantVector(constant);
  const C = o.constant(sum, 2 * n, n);
  const scaledC = o.constant(
    sum.map((x) => (x * 2) / (batch * n)),
    2 * n,
    n,
  );
  return {
    evaluate(outputs, signal) {
      const decays = o.exp(o.product(outputs, A));
      const parts = o.multiply(decays, o.affine(outputs, B, c, 'linear'));
      const residual = o.subtract(o.product(parts, C), signal);
      const toParts = o.product(residual, scaledC, 'b');
      const throughRates = o.product(o.multiply(toParts, parts), A, 'b');
      const throughFractions = o.product(o.multiply(toParts, decays), B, 'b');
      return {
        value: sumOfSquares(o.read(residual)) / (batch * n),
        gradient: o.add(throughRates, throughFractions),
      };
    },
  };
}

function squared(weights: readonly number[], batch: number, o: Operations): LossGraph {
  const n = weights.length;
  const roots = o.constant(Float32Array.from(weights, Math.sqrt), 1, n);
  const scaled = o.constant(
    Float32Array.from(weights, (weight) => (2 * Math.sqrt(weight)) / (batch * n)),
    1,
    n,
  );
  return {
    evaluate(outputs, target) {
      const residual = o.multiply(o.subtract(outputs, target), roots);
      return {
        value: sumOfSquares(o.read(residual)) / (batch * n),
        gradient: o.multiply(residual, scaled),
      };
    },
  };
}

/** On this side, by the plain JavaScript kernel: as operations it would be a dozen tensors of a few numbers a voxel. */
function weighted(outputs: readonly OutputLoss[], batch: number, o: Operations): LossGraph {
  const n = outputs.length;
  const coefficients = Float64Array.from(lossCoefficients({ kind: 'weighted', outputs }));
  const byOutput = new Float64Array(n * batch);
  const targets = new Float64Array(2 * n * batch);
  const slopes = new Float64Array(n * batch);
  const gradient = new Float32Array(n * batch);
  return {
    evaluate(found, wanted) {
      toColumns(o.read(found), n, batch, byOutput);
      toColumns(o.read(wanted), 2 * n, batch, targets);
      const scale = 1 / (batch * n);
      const sum = weightedLoss(coefficients, targets, byOutput, slopes, batch, batch, scale);
      for (let i = 0; i < batch; i++) for (let k = 0; k < n; k++) gradient[i * n + k] = slopes[k * batch + i];
      return { value: sum * scale, gradient: o.matrix(gradient, batch, n) };
    },
  };
}

/** Rows of `width` numbers to [column][row]. */
function toColumns(rows: Float32Array, width: number, n: number, columns: Float64Array): void {
  for (let i = 0; i < n; i++) for (let k = 0; k < width; k++) columns[k * n + i] = rows[i * width + k];
}

/** In float64 on this side: quicker than two more operations, and no rounding over a large batch. */
function sumOfSquares(x: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}
