import type { BatchNorm, DenseLayer, DenseWeights } from '../engine.ts';
import type { LayerShape, NetworkShape } from './network-shape.ts';

type Flat = Float32Array | Float64Array;

/** Writes the weights of a network file into the padded flat vector. */
export function packWeights(shape: NetworkShape, weights: DenseWeights, flat: Flat): void {
  if (weights.length !== shape.layers.length)
    throw new RangeError(`${weights.length} layers of weights for a network of ${shape.layers.length}`);
  shape.layers.forEach((layer, l) => {
    const { weight, bias, norm } = weights[l];
    checkLayer(layer, l, weights[l]);
    eachUnit(layer, (unit, at) => {
      const from = unit * layer.inputs;
      flat.set(weight.subarray(from, from + layer.inputs), layer.weightAt + at * layer.paddedInputs);
      flat[layer.biasAt + at] = bias[unit];
      if (!norm || layer.normAt === undefined) return;
      flat[layer.normAt + at] = norm.scale[unit];
      flat[shiftAt(layer, layer.normAt) + at] = norm.shift[unit];
    });
  });
}

/** Reads parameters, or their gradients, back out of the padded flat vector; running statistics are 0. */
export function unpackWeights(shape: NetworkShape, flat: Flat): DenseLayer[] {
  return shape.layers.map((layer) => {
    const units = layer.groups * layer.outputs;
    const weight = new Float32Array(units * layer.inputs);
    const column = (start: number) => {
      const values = new Float32Array(units);
      eachUnit(layer, (unit, at) => (values[unit] = flat[start + at]));
      return values;
    };
    eachUnit(layer, (unit, at) => {
      const row = layer.weightAt + at * layer.paddedInputs;
      weight.set(flat.subarray(row, row + layer.inputs), unit * layer.inputs);
    });
    const plain = { weight, bias: column(layer.biasAt) };
    if (layer.normAt === undefined) return plain;
    const norm: BatchNorm = {
      scale: column(layer.normAt),
      shift: column(shiftAt(layer, layer.normAt)),
      mean: new Float32Array(units),
      variance: new Float32Array(units),
    };
    return { ...plain, norm };
  });
}

/** Copies one number per unit to its place among padded units. */
export function spread(layer: LayerShape, values: Float32Array, padded: Flat): void {
  eachUnit(layer, (unit, at) => (padded[at] = values[unit]));
}

/** The same back. */
export function gather(layer: LayerShape, padded: Flat, values: Float32Array): void {
  eachUnit(layer, (unit, at) => (values[unit] = padded[at]));
}

export function shiftAt(layer: LayerShape, normAt: number): number {
  return normAt + layer.groups * layer.paddedOutputs;
}

function eachUnit({ groups, outputs, paddedOutputs }: LayerShape, visit: (unit: number, at: number) => void) {
  for (let group = 0; group < groups; group++)
    for (let o = 0; o < outputs; o++) visit(group * outputs + o, group * paddedOutputs + o);
}

function checkLayer(layer: LayerShape, l: number, { weight, bias, norm }: DenseLayer): void {
  const units = layer.groups * layer.outputs;
  if (weight.length !== units * layer.inputs || bias.length !== units)
    throw new RangeError(`layer ${l} needs ${units} x ${layer.inputs} weights and as many biases as outputs`);
  if ((norm !== undefined) !== (layer.normAt !== undefined))
    throw new RangeError(
      `layer ${l} is ${norm ? 'not to be' : 'to be'} normalised, its weights say otherwise`,
    );
  if (norm && Object.values(norm).some((column: Float32Array) => column.length !== units))
    throw new RangeError(`layer ${l} needs ${units} numbers of each kind for its normalisation`);
}
