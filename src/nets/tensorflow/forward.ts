import type { DenseNetwork } from '../engine.ts';
import { activate } from './activation.ts';
import type { HeadGraph, HiddenLayer } from './activation.ts';
import type { Tensor } from './backend.ts';
import type { Operations } from './operations.ts';
import type { LayerTensors } from './flat-weights.ts';

export interface ForwardPass {
  readonly hidden: readonly HiddenLayer[];
  /** Sums of the last layer. */
  readonly sum: Tensor;
  /** After the head. */
  readonly outputs: Tensor;
}

export function forward(
  network: DenseNetwork,
  layers: readonly LayerTensors[],
  head: HeadGraph,
  o: Operations,
  x: Tensor,
): ForwardPass {
  const hidden: HiddenLayer[] = [];
  let last = x;
  for (const { weight, bias } of layers.slice(0, -1)) {
    const layer = activate(network.activation, o, last, weight, bias);
    hidden.push(layer);
    last = layer.output;
  }
  const output = layers.at(-1)!;
  const sum = o.affine(last, output.weight, output.bias, 'linear');
  return { hidden, sum, outputs: head.forward(sum) };
}
