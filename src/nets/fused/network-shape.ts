import type { DenseLayer, DenseNetwork, DenseWeights, Loss, OutputLoss, TrainerOptions } from '../engine.ts';
import { targetWidth } from './target-width.ts';

/**
 * Where one layer lives in the flat vector of parameters. Units are padded to a multiple of four, so that the
 * inner loops have no remainders; padding units are computed along with the others, and nothing ever reads them.
 */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly paddedInputs: number;
  readonly paddedOutputs: number;
  /** Start of the weights, [paddedOutputs][paddedInputs]. */
  readonly weightAt: number;
  /** Start of the biases, [paddedOutputs]. */
  readonly biasAt: number;
}

export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** Length of the flat vector of parameters. */
  readonly size: number;
  /** The most units, padded, that any layer reads or writes. */
  readonly widest: number;
}

const padded = (units: number) => (units + 3) & ~3;

/** Lays the layers out one after the other. */
export function shapeOf(network: DenseNetwork): NetworkShape {
  checkNetwork(network);
  const widths = [network.inputs, ...network.hidden, network.outputs];
  let size = 0;
  const layers = widths.slice(1).map((outputs, i) => {
    const inputs = widths[i];
    const weightAt = size;
    const biasAt = weightAt + padded(outputs) * padded(inputs);
    size = biasAt + padded(outputs);
    const layer = { inputs, outputs, paddedInputs: padded(inputs), paddedOutputs: padded(outputs) };
    return { ...layer, weightAt, biasAt };
  });
  return { layers, size, widest: Math.max(...widths.map(padded)) };
}

/** Writes weights as a network file has them into the padded flat vector. */
export function packWeights(
  shape: NetworkShape,
  weights: DenseWeights,
  flat: Float32Array | Float64Array,
): void {
  if (weights.length !== shape.layers.length)
    throw new RangeError(`${weights.length} layers of weights for a network of ${shape.layers.length}`);
  shape.layers.forEach((layer, l) => {
    const { weight, bias } = weights[l];
    if (weight.length !== layer.outputs * layer.inputs || bias.length !== layer.outputs)
      throw new RangeError(
        `layer ${l} needs ${layer.outputs} x ${layer.inputs} weights and as many biases as outputs`,
      );
    for (let o = 0; o < layer.outputs; o++) {
      const row = layer.weightAt + o * layer.paddedInputs;
      flat.set(weight.subarray(o * layer.inputs, (o + 1) * layer.inputs), row);
    }
    flat.set(bias, layer.biasAt);
  });
}

/** Reads parameters, or their gradients, back out of the padded flat vector. */
export function unpackWeights(shape: NetworkShape, flat: Float32Array | Float64Array): DenseLayer[] {
  return shape.layers.map((layer) => {
    const weight = new Float32Array(layer.outputs * layer.inputs);
    for (let o = 0; o < layer.outputs; o++) {
      const row = layer.weightAt + o * layer.paddedInputs;
      weight.set(flat.subarray(row, row + layer.inputs), o * layer.inputs);
    }
    return { weight, bias: Float32Array.from(flat.subarray(layer.biasAt, layer.biasAt + layer.outputs)) };
  });
}

function checkNetwork({ inputs, hidden, outputs, head }: DenseNetwork): void {
  const widths = [inputs, ...hidden, outputs];
  if (!widths.every((units) => Number.isInteger(units) && units > 0))
    throw new RangeError(
      `a network of ${widths.join('-')} units; every width must be a positive whole number`,
    );
  if (head.kind === 'sigmoid' && (head.low.length !== outputs || head.high.length !== outputs))
    throw new RangeError(`a sigmoid head needs ${outputs} lower and ${outputs} upper ends`);
}

/** Refuses a loss that does not fit the network, and a batch that is not a positive whole number. */
export function checkTraining({
  network,
  loss,
  batch,
}: Pick<TrainerOptions, 'network' | 'loss' | 'batch'>): void {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`a batch of ${batch} voxels; at least 1`);
  switch (loss.kind) {
    case 'rebuild':
      return checkRebuild(network, loss.bValues.length);
    case 'squared':
      if (loss.weights.length !== network.outputs)
        throw new RangeError(`${loss.weights.length} weights of the loss for ${network.outputs} outputs`);
      return;
    case 'weighted':
      return checkPenalties(network, loss.outputs);
  }
}

function checkPenalties({ outputs }: DenseNetwork, penalties: readonly OutputLoss[]): void {
  if (penalties.length !== outputs)
    throw new RangeError(`${penalties.length} kinds of output in the loss for ${outputs} outputs`);
  for (const penalty of penalties) {
    if (penalty.kind === 'mean') continue;
    const { level, smoothing } = penalty;
    if (!(level > 0 && level < 1)) throw new RangeError(`a quantile at level ${level}; above 0 and below 1`);
    if (!(smoothing > 0 && smoothing < Infinity))
      throw new RangeError(`a quantile smoothed over ${smoothing}; a positive number is needed`);
  }
}

function checkRebuild({ inputs, outputs }: DenseNetwork, bValues: number): void {
  if (outputs !== 3) throw new RangeError(`a signal is rebuilt from 3 outputs, not ${outputs}`);
  if (bValues !== inputs) throw new RangeError(`${bValues} b-values for ${inputs} inputs`);
}

/** Refuses a batch of another size than the trainer was made for. */
export function checkBatch(
  { network, loss, batch }: { network: DenseNetwork; loss: Loss; batch: number },
  x: Float32Array,
  target: Float32Array | undefined,
): void {
  if (x.length !== batch * network.inputs)
    throw new RangeError(`a batch of ${x.length} numbers; ${batch} x ${network.inputs} are needed`);
  const width = targetWidth(network, loss);
  if (width > 0 && target?.length !== batch * width)
    throw new RangeError(`targets must be ${batch} x ${width} numbers`);
}

/** Refuses arrays too short for `n` voxels. */
export function checkPrediction(
  { inputs, outputs }: DenseNetwork,
  x: Float32Array,
  n: number,
  out: Float32Array,
) {
  if (!Number.isInteger(n) || n < 0 || x.length < n * inputs || out.length < n * outputs)
    throw new RangeError(`${x.length} inputs and room for ${out.length} outputs for ${n} voxels`);
}
