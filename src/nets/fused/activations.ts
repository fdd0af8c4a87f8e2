import type { Activation, Head } from '../engine.ts';
import { exponential, exponentialAt, exponentialConstants } from './exponential.ts';

/**
 * The activation of hidden units, over the first `size` numbers, an even number. None branches on the sign of a sum, which is
 * unpredictable: a mispredicted branch takes longer than the arithmetic.
 */
interface ActivationKernel {
  /** Replaces sums by activations; may store values for `backward` in `aux`. */
  forward(sums: Float64Array, aux: Float64Array, size: number): void;
  /** Converts the gradient of the activations `y` to that of the sums. */
  backward(gradient: Float64Array, y: Float64Array, aux: Float64Array, size: number): void;
}

/**
 * x above 0, exp(x) - 1 below (Clevert et al. 2016, alpha 1). Its slope is y + 1 below 0. Computed for two sums at a
 * time, since an exponential is a long chain of dependent operations.
 */
const elu: ActivationKernel = {
  forward(sums, _aux, size) {
    const constants = exponentialConstants();
    const rounder = constants[0];
    const one = constants[1];
    const c1 = constants[2];
    const c2 = constants[3];
    const c3 = constants[4];
    const middle = constants[5];
    const halfSteps = constants[6] / 2;
    const half = constants[7];
    for (let i = 0; i < size; i += 2) {
      const x0 = sums[i];
      const x1 = sums[i + 1];
      const size0 = Math.abs(x0);
      const size1 = Math.abs(x1);
      const t0 = (x0 - size0) * halfSteps + middle;
      const t1 = (x1 - size1) * halfSteps + middle;
      if (t0 > 0 && t1 > 0) {
        sums[i] = half * (x0 + size0) - one + exponentialAt(t0, rounder, one, c1, c2, c3);
        sums[i + 1] = half * (x1 + size1) - one + exponentialAt(t1, rounder, one, c1, c2, c3);
      } else {
        sums[i] = x0 > 0 ? x0 : exponential(x0) - 1;
        sums[i + 1] = x1 > 0 ? x1 : exponential(x1) - 1;
      }
    }
  },
  backward(gradient, y, _aux, size) {
    const constants = exponentialConstants();
    const one = constants[1];
    const half = constants[7];
    for (let i = 0; i < size; i += 2) {
      gradient[i] *= half * (y[i] - Math.abs(y[i])) + one;
      gradient[i + 1] *= half * (y[i + 1] - Math.abs(y[i + 1])) + one;
    }
  },
};

/** x above 0, 0 below; its slope at 0 is 0. */
const relu: ActivationKernel = {
  forward(sums, _aux, size) {
    for (let i = 0; i < size; i++) sums[i] = 0.5 * (sums[i] + Math.abs(sums[i]));
  },
  backward(gradient, y, _aux, size) {
    for (let i = 0; i < size; i++) gradient[i] *= y[i] > 0 ? 1 : 0;
  },
};

/** x times its sigmoid s (Elfwing et al. 2018); the slope is s + y (1 - s), and s is kept in `aux`. */
const silu: ActivationKernel = {
  forward(sums, aux, size) {
    for (let i = 0; i < size; i++) {
      const s = 1 / (1 + exponential(-sums[i]));
      aux[i] = s;
      sums[i] *= s;
    }
  },
  backward(gradient, y, aux, size) {
    for (let i = 0; i < size; i++) gradient[i] *= aux[i] + y[i] * (1 - aux[i]);
  },
};

export const activations: Readonly<Record<Activation, ActivationKernel>> = { elu, relu, silu };

/** Outputs from the last layer's sums, both [output][column]. */
export function applyHead(
  head: Head,
  sums: Float64Array,
  out: Float64Array,
  outputs: number,
  stride: number,
  columns: number,
): void {
  for (let o = 0; o < outputs; o++) {
    const from = o * stride;
    const to = from + columns;
    if (head.kind === 'linear') for (let j = from; j < to; j++) out[j] = sums[j];
    else if (head.kind === 'abs') for (let j = from; j < to; j++) out[j] = Math.abs(sums[j]);
    else stretchSigmoid(sums, out, from, to, head.low[o], head.high[o]);
  }
}

function stretchSigmoid(
  sums: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  low: number,
  high: number,
) {
  for (let j = from; j < to; j++) out[j] = low + (high - low) / (1 + exponential(-sums[j]));
}

/** Converts the gradient of the outputs to that of the sums. The slope of |x| at 0 counts as 0. */
export function headGradient(
  head: Head,
  sums: Float64Array,
  gradient: Float64Array,
  outputs: number,
  stride: number,
  columns: number,
): void {
  if (head.kind === 'linear') return;
  for (let o = 0; o < outputs; o++) {
    const from = o * stride;
    const to = from + columns;
    if (head.kind === 'abs') for (let j = from; j < to; j++) gradient[j] *= Math.sign(sums[j]);
    else scaleBySigmoidSlope(gradient, sums, from, to, head.high[o] - head.low[o]);
  }
}

function scaleBySigmoidSlope(
  gradient: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
  range: number,
) {
  for (let j = from; j < to; j++) {
    const s = 1 / (1 + exponential(-sums[j]));
    gradient[j] *= range * s * (1 - s);
  }
}
