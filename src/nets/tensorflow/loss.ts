import type { Loss } from '../engine.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';

/** A loss over one batch. */
export interface LossGraph {
  /** The loss, and its gradient with respect to the outputs. `wanted` is the input or the target, as the loss needs. */
  evaluate(outputs: Tensor, wanted: Tensor): { value: number; gradient: Tensor };
}

export function lossGraph(loss: Loss, batch: number, o: Operations): LossGraph {
  return loss.kind === 'rebuild' ? rebuild(loss.bValues, batch, o) : squared(loss.weights, batch, o);
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

/** In float64 on this side: quicker than two more operations, and no rounding over a large batch. */
function sumOfSquares(x: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}
