import type { DenseLayer, DenseNetwork, DenseWeights } from './engine.ts';

/** Number of inputs and of units of one layer. */
interface LayerSize {
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

/**
 * The transpose of a row-major matrix: from weights [out][in], as `DenseLayer` has them, to [in][out], as TensorFlow
 * has them, or back.
 */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j]!;
  }
  return result;
}

/**
 * The same function as one network without branches, for programs that know only dense layers: in layers after the first
 * each unit reads all units before it, with weights of 0 for those of other branches.
 */
export function expandBranches(
  network: DenseNetwork,
  weights: DenseWeights,
): { readonly network: DenseNetwork; readonly weights: DenseWeights } {
  const { branches = 1, ...single } = network;
  if (branches === 1) return { network: single, weights };
  const sizes = layerSizes(network);
  return {
    network: { ...single, hidden: network.hidden.map((width) => width * branches) },
    weights: weights.map((layer, l) => ({
      ...layer,
      weight: alongDiagonal(layer.weight, sizes[l].units, sizes[l].inputs, sizes[l].groups),
    })),
  };
}

/** The weights of the branches back out of a layer of the expanded network. */
export function contractLayer(network: DenseNetwork, l: number, layer: DenseLayer): DenseLayer {
  const { inputs, units, groups } = layerSizes(network)[l];
  const weight = new Float32Array(units * inputs);
  eachRow(units, inputs, groups, (unit, at) => {
    weight.set(layer.weight.subarray(at, at + inputs), unit * inputs);
  });
  return { ...layer, weight };
}

/** Rows [unit][in] to [unit][groups x in], each where its group stands. */
function alongDiagonal(weight: Float32Array, units: number, inputs: number, groups: number): Float32Array {
  const result = new Float32Array(units * inputs * groups);
  eachRow(units, inputs, groups, (unit, at) => {
    result.set(weight.subarray(unit * inputs, (unit + 1) * inputs), at);
  });
  return result;
}

/** Where a unit's weights start in the expanded layer. */
function eachRow(units: number, inputs: number, groups: number, visit: (unit: number, at: number) => void) {
  const each = units / groups;
  for (let unit = 0; unit < units; unit++) {
    visit(unit, (unit * groups + Math.floor(unit / each)) * inputs);
  }
}
