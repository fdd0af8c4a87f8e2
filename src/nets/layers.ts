import type { DenseNetwork } from './engine.ts';

/** Number of inputs and of units of one layer. */
export interface LayerSize {
  /** What one unit reads. */
  readonly inputs: number;
  /** Units of all branches. */
  readonly units: number;
  /** Parts of the layer that read different inputs: 1, or the branches of the network in layers after the first. */
  readonly groups: number;
}

/** Every layer of a network, the hidden ones first, the output layer last. */
export function layerSizes(network: DenseNetwork): LayerSize[] {
  const { inputs, hidden, outputs, branches = 1 } = network;
  const widths = [inputs, ...hidden];
  const units = [...hidden.map((width) => width * branches), outputs];
  return units.map((count, l) => ({ inputs: widths[l], units: count, groups: l === 0 ? 1 : branches }));
}

/** Number of weights and biases of a network. */
export function countParameters(network: DenseNetwork): number {
  return layerSizes(network).reduce((sum, { inputs, units }) => sum + (inputs + 1) * units, 0);
}
