import type { Head } from '../engine.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';

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
