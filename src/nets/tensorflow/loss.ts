import type { Loss, OutputLoss } from '../engine.ts';
import { lossCoefficients } from '../fused/loss-shape.ts';
import { rebuildS0Loss, weightedLoss } from '../fused/losses.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';

type RebuildS0 = Extract<Loss, { kind: 'rebuild-s0' }>;

/** A loss over one batch. */
export interface LossGraph {
  /** The loss, and its gradient with respect to the outputs. `wanted` is the target where the loss needs one, else the input. */
  evaluate(outputs: Tensor, wanted: Tensor, input: Tensor): { value: number; gradient: Tensor };
}

export function lossGraph(loss: Loss, batch: number, o: Operations): LossGraph {
  switch (loss.kind) {
    case 'rebuild':
      return rebuild(loss.bValues, batch, o);
    case 'squared':
      return squared(loss.weights, batch, o);
    case 'weighted':
      return weighted(loss.outputs, batch, o);
    case 'rebuild-s0':
      return rebuildS0(loss, batch, o);
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
      toRows(slopes, n, batch, gradient);
      return { value: sum * scale, gradient: o.matrix(gradient, batch, n) };
    },
  };
}

/** On this side too. */
function rebuildS0(loss: RebuildS0, batch: number, o: Operations): LossGraph {
  const inputs = loss.bValues.length;
  const coefficients = Float64Array.from(lossCoefficients(loss));
  const [byOutput, slopes, targets] = [0, 0, 0].map(() => new Float64Array(4 * batch));
  const signals = new Float64Array(inputs * batch);
  const gradient = new Float32Array(4 * batch);
  return {
    evaluate(found, wanted, input) {
      const isSupervised = loss.supervision.length > 0;
      toColumns(o.read(found), 4, batch, byOutput);
      toColumns(o.read(input), inputs, batch, signals);
      if (isSupervised) toColumns(o.read(wanted), 4, batch, targets);
      const supervised = isSupervised ? targets : undefined;
      const scale = 1 / batch;
      const sum = rebuildS0Loss(coefficients, signals, supervised, byOutput, slopes, batch, batch, scale);
      toRows(slopes, 4, batch, gradient);
      return { value: sum * scale, gradient: o.matrix(gradient, batch, 4) };
    },
  };
}

/** [column][row] to rows of `width` numbers. */
function toRows(columns: Float64Array, width: number, n: number, rows: Float32Array): void {
  for (let i = 0; i < n; i++) for (let k = 0; k < width; k++) rows[i * width + k] = columns[k * n + i];
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
