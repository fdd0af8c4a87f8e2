import type { DenseNetwork } from './engine.ts';

/** Number of inputs and of units of one layer. */
export interface LayerSize {
  readonly inputs: number;
  readonly units: number;
}

/** Every layer of a network, the hidden ones first, the output layer last. */
export function layerSizes(network: DenseNetwork): LayerSize[] {
  const widths = [network.inputs, ...network.hidden, network.outputs];
  return widths.slice(1).map((units, i) => ({ inputs: widths[i], units }));
}

/** Number of weights and biases of a network. */
export function countParameters(network: DenseNetwork): number {
  return layerSizes(network).reduce((sum, { inputs, units }) => sum + (inputs + 1) * units, 0);
}
