import type { Activation, Head } from '../engine.ts';
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

/** What turns the sums of the last layer into outputs, and gradients back. */
export interface HeadGraph {
  forward(sum: Tensor): Tensor;
  /** From the gradient with respect to the outputs to that with respect to the sums. */
  backward(gradient: Tensor, sum: Tensor): Tensor;
}

export function headGraph(head: Head, o: Operations): HeadGraph {
  if (head.kind === 'linear') return { forward: (sum) => sum, backward: (gradient) => gradient };
  if (head.kind === 'abs') {
    return { forward: (sum) => o.abs(sum), backward: (gradient, sum) => o.multiply(gradient, o.sign(sum)) };
  }
  const low = o.constant(Float32Array.from(head.low), 1, head.low.length);
  const range = o.constant(
    Float32Array.from(head.high, (high, i) => high - head.low[i]),
    1,
    head.high.length,
  );
  return {
    forward: (sum) => o.add(low, o.multiply(range, o.sigmoid(sum))),
    backward(gradient, sum) {
      const s = o.sigmoid(sum);
      return o.multiply(o.multiply(gradient, range), o.subtract(s, o.multiply(s, s)));
    },
  };
}
