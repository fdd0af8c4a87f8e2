import type { DenseNetwork, Loss, OutputLoss, TrainerOptions } from '../engine.ts';
import { layerSizes } from '../layers.ts';
import { targetWidth } from './loss-shape.ts';

/**
 * The place of one layer in the flat vector of parameters. Units are padded to a multiple of four, so that the inner loops
 * have no remainders; padding units are computed like the others and never read.
 *
 * A layer of several branches consists of one group per branch, each with its own sizes, weights and rows, in order.
 */
export interface LayerShape {
  readonly groups: number;
  /** Of one group, like all sizes here. */
  readonly inputs: number;
  readonly outputs: number;
  readonly paddedInputs: number;
  readonly paddedOutputs: number;
  /** Rows from the inputs of one group to those of the next; 0 in the first layer, whose groups have the same inputs. */
  readonly inputStep: number;
  /** Rows from one group's sums to the next's; outputs are contiguous, each group overwriting the padding of the one before. */
  readonly outputStep: number;
  /** Rows of all sums, padding included. */
  readonly rows: number;
  /** The same without the padding at the end. */
  readonly used: number;
  /** Start of the weights, [groups][paddedOutputs][paddedInputs]. */
  readonly weightAt: number;
  /** Start of the biases, [groups][paddedOutputs]. */
  readonly biasAt: number;
  /**
   * Of a normalised layer: start of the scales and, `groups x paddedOutputs` further on, of the shifts, [groups][paddedOutputs]
   * each.
   */
  readonly normAt?: number;
}

export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** Length of the flat vector of parameters. */
  readonly size: number;
  /** Largest number of units, padded, that a layer reads or writes. */
  readonly widest: number;
}

/** Rounds a number of units up to whole vectors. */
export const padded = (units: number) => (units + 3) & ~3;

/** Returns the places of the layers, one after the other. */
export function shapeOf(network: DenseNetwork): NetworkShape {
  checkNetwork(network);
  const { branches = 1, hidden, batchNorm = false } = network;
  const sizes = layerSizes(network);
  let size = 0;
  const take = (count: number) => {
    size += count;
    return size - count;
  };
  const layers = sizes.map(({ inputs, units }, l): LayerShape => {
    const isHidden = l < hidden.length;
    const outputs = units / branches;
    const [paddedInputs, paddedOutputs] = [padded(inputs), padded(outputs)];
    const outputStep = isHidden ? paddedOutputs : outputs;
    return {
      groups: branches,
      inputs,
      outputs,
      paddedInputs,
      paddedOutputs,
      inputStep: l === 0 ? 0 : paddedInputs,
      outputStep,
      rows: (branches - 1) * outputStep + paddedOutputs,
      used: (branches - 1) * outputStep + outputs,
      weightAt: take(branches * paddedOutputs * paddedInputs),
      biasAt: take(branches * paddedOutputs),
      ...(isHidden && batchNorm ? { normAt: take(2 * branches * paddedOutputs) } : {}),
    };
  });
  const widest = Math.max(padded(network.inputs), ...layers.map(({ rows }) => padded(rows)));
  return { layers, size, widest };
}

function checkNetwork({ inputs, hidden, outputs, head, branches = 1, dropout }: DenseNetwork): void {
  const widths = [inputs, ...hidden, outputs];
  if (!widths.every((units) => Number.isInteger(units) && units > 0))
    throw new RangeError(
      `a network of ${widths.join('-')} units; every width must be a positive whole number`,
    );
  if (!Number.isInteger(branches) || branches < 1 || outputs % branches !== 0)
    throw new RangeError(`${outputs} outputs can't be shared evenly by ${branches} branches`);
  if (dropout && (dropout.length !== hidden.length || !dropout.every((share) => share >= 0 && share < 1)))
    throw new RangeError(`dropout of ${dropout.join(', ')}: one share from 0 to below 1 per hidden layer`);
  if (head.kind === 'sigmoid' && (head.low.length !== outputs || head.high.length !== outputs))
    throw new RangeError(`a sigmoid head needs ${outputs} lower and ${outputs} upper ends`);
}

/** Refuses a loss that does not fit the network, and a batch that is not a positive whole number. */
export function checkTraining({
  network,
  loss,
  batch,
}: Pick<TrainerOptions, 'network' | 'loss' | 'batch'>): void {
  const least = network.batchNorm ? 2 : 1;
  if (!Number.isInteger(batch) || batch < least)
    throw new RangeError(`a batch of ${batch} voxels; at least ${least}`);
  switch (loss.kind) {
    case 'rebuild':
      return checkRebuild(network, loss.bValues.length);
    case 'squared':
      if (loss.weights.length !== network.outputs)
        throw new RangeError(`${loss.weights.length} weights of the loss for ${network.outputs} outputs`);
      return;
    case 'weighted':
      return checkPenalties(network, loss.outputs);
    case 'rebuild-s0':
      if (loss.supervision.length !== 0 && loss.supervision.length !== 4)
        throw new RangeError(`${loss.supervision.length} weights of the loss for 4 outputs`);
      return checkRebuild(network, loss.bValues.length, 4);
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

function checkRebuild({ inputs, outputs }: DenseNetwork, bValues: number, wanted = 3): void {
  if (outputs !== wanted) throw new RangeError(`a signal is rebuilt from ${wanted} outputs, not ${outputs}`);
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
