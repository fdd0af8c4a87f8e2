import { activate, activateBackward } from './activations';
import { normalise, normaliseBackward } from './batch-norm';
import { dropOut } from './dropout';
import { applyHead, headGradient } from './heads';
import {
  REBUILD,
  rebuildLoss,
  rebuildS0Loss,
  SQUARED,
  squaredLoss,
  WEIGHTED,
  weightedLoss,
} from './losses';
import { Layer, layerAt, Plan } from './plan';
import { addBiasGradient, addWeightGradient, product } from './products';
import { transpose } from './rows';

/** Updates the transposed copies of the weights. */
export function transposeWeights(plan: Plan): void {
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    for (let g = 0; g < layer.groups; g++) {
      const at = weightsBefore(layer, g);
      transpose(layer.weight + at, layer.paddedOutputs, layer.paddedInputs, layer.transposed + at);
    }
  }
}

/** Bytes of the weights of the groups before this one. */
@inline
function weightsBefore(layer: Layer, group: usize): usize {
  return (group * layer.paddedOutputs * layer.paddedInputs) << 2;
}

/** Bytes of the biases of the groups before this one. */
@inline
function biasesBefore(layer: Layer, group: usize): usize {
  return (group * layer.paddedOutputs) << 2;
}

/** Bytes of a layer's sums without the padding at their end. */
@inline
function usedBytes(layer: Layer, stride: i32): usize {
  return <usize>(layer.groups - 1) * layer.outputStep + ((<usize>layer.outputs * stride) << 2);
}

/** Computes the outputs of the block's voxels. `padded` is the next multiple of 8. */
export function forward(plan: Plan, columns: i32, padded: i32): void {
  const stride = plan.stride;
  const last = plan.layerCount - 1;
  for (let l = 0; l <= last; l++) {
    const layer = layerAt(plan, l);
    const rows = layer.paddedOutputs;
    for (let g: usize = 0; g < <usize>layer.groups; g++)
      product(
        layer.sums + g * layer.outputStep,
        rows,
        layer.bias + biasesBefore(layer, g),
        layer.transposed + weightsBefore(layer, g),
        rows,
        layer.inputs,
        layer.values + g * layer.inputStep,
        stride,
        padded,
      );
    if (l == last) break;
    if (layer.scale) normalise(plan, layer, columns);
    activate(plan.activation, layer.sums, layer.aux, usedBytes(layer, stride));
    if (layer.dropThreshold) dropOut(plan, layer, l, layer.sums, layerAt(plan, l + 1).values, padded);
  }
  applyHead(plan, layerAt(plan, last).sums, padded);
}

/** The block's share of the loss; leaves the gradient of the last layer's sums in `above`. */
export function loss(plan: Plan, columns: i32, padded: i32): f64 {
  let sum: f64;
  if (plan.loss == REBUILD) sum = rebuildLoss(plan, layerAt(plan, 0).values, plan.above, columns);
  else if (plan.loss == SQUARED) sum = squaredLoss(plan, plan.above, columns);
  else if (plan.loss == WEIGHTED) sum = weightedLoss(plan, plan.above, columns);
  else sum = rebuildS0Loss(plan, layerAt(plan, 0).values, plan.above, columns);
  const last = layerAt(plan, plan.layerCount - 1);
  headGradient(plan, last.sums, plan.above, padded);
  return sum;
}

/** Adds the block's gradients of all parameters, from the gradient of the last layer's sums in `above`. */
export function backward(plan: Plan, columns: i32, padded: i32): void {
  const stride = plan.stride;
  let above = plan.above;
  let below = plan.below;
  for (let l = plan.layerCount - 1; l >= 0; l--) {
    const layer = layerAt(plan, l);
    layerGradient(layer, above, stride, padded);
    if (l == 0) break;
    takeBack(plan, layer, above, below, padded);
    const before = layerAt(plan, l - 1);
    if (before.dropThreshold) dropOut(plan, before, l - 1, below, below, padded);
    activateBackward(plan.activation, below, before.sums, before.aux, usedBytes(before, stride));
    if (before.scale) normaliseBackward(plan, before, below, columns);
    const swap = above;
    above = below;
    below = swap;
  }
}

/**
 * Adds the gradient of a layer's weights and biases. The biases of a normalised layer have no effect, so their gradient
 * stays 0.
 */
function layerGradient(layer: Layer, above: usize, stride: i32, padded: i32): void {
  const rows = layer.paddedOutputs;
  for (let g: usize = 0; g < <usize>layer.groups; g++) {
    const gradient = above + g * layer.outputStep;
    const values = layer.values + g * layer.inputStep;
    const to = layer.weightGradient + weightsBefore(layer, g);
    addWeightGradient(to, rows, layer.paddedInputs, gradient, values, stride, padded);
    if (layer.scale) continue;
    addBiasGradient(layer.biasGradient + biasesBefore(layer, g), rows, gradient, stride, padded);
  }
}

/** Computes the gradient of a layer's inputs from that of its sums. */
function takeBack(plan: Plan, layer: Layer, above: usize, below: usize, padded: i32): void {
  const width = layer.paddedInputs;
  for (let g: usize = 0; g < <usize>layer.groups; g++)
    product(
      below + g * layer.inputStep,
      width,
      plan.zeros,
      layer.weight + weightsBefore(layer, g),
      width,
      layer.outputs,
      above + g * layer.outputStep,
      plan.stride,
      padded,
    );
}
