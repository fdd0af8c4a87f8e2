import type { Activation } from '../engine.ts';
import { exponential } from './exponential.ts';

/**
 * What a hidden unit does to its sum, over the first `size` numbers. All leave 0 at 0, so padding units stay 0.
 * None branches on the sign of a sum: that is a coin toss, and a processor that guesses it wrong pays more than
 * the arithmetic costs.
 */
interface ActivationKernel {
  /** Replaces sums by activations; `aux` may keep what `backward` wants. */
  forward(sums: Float64Array, aux: Float64Array, size: number): void;
  /** Turns the gradient of the activations `y` into the gradient of the sums. */
  backward(gradient: Float64Array, y: Float64Array, aux: Float64Array, size: number): void;
}

/** x above 0, exp(x) - 1 below (Clevert et al. 2016, alpha 1). Its slope is y + 1 below 0. */
const elu: ActivationKernel = {
  forward(sums, _aux, size) {
    for (let i = 0; i < size; i++) {
      const x = sums[i];
      const above = 0.5 * (x + Math.abs(x));
      sums[i] = above + (exponential(x - above) - 1);
    }
  },
  backward(gradient, y, _aux, size) {
    for (let i = 0; i < size; i++) gradient[i] *= 0.5 * (y[i] - Math.abs(y[i])) + 1;
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
