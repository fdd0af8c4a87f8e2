import type { Activation } from '../engine.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';

/** A hidden layer after a forward pass. */
export interface HiddenLayer {
  readonly output: Tensor;
  /** The sums before the activation, where the gradient needs them. */
  readonly sum?: Tensor;
}

/** activation(x weight + bias). */
export function activate(
  kind: Activation,
  o: Operations,
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
): HiddenLayer {
  if (kind !== 'silu') return { output: o.affine(x, weight, bias, kind) };
  const sum = o.affine(x, weight, bias, 'linear');
  return { sum, output: o.multiply(sum, o.sigmoid(sum)) };
}

/** From the gradient with respect to a hidden layer's output to that with respect to its sums. */
export function throughActivation(
  kind: Activation,
  o: Operations,
  gradient: Tensor,
  { output, sum }: HiddenLayer,
): Tensor {
  if (kind === 'elu') return o.eluGradient(gradient, output);
  if (kind === 'relu') return o.multiply(gradient, o.step(output));
  // d/dz z s(z) = s + z s (1 - s) = s + y (1 - s) = y + s - y s
  const s = o.sigmoid(sum!);
  return o.multiply(gradient, o.subtract(o.add(output, s), o.multiply(output, s)));
}
