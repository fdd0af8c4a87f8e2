import { activate, activateBackward } from './activations';
import { applyHead, headGradient } from './heads';
import { REBUILD, rebuildLoss, SQUARED, squaredLoss, weightedLoss } from './losses';
import { layerAt, Plan } from './plan';
import { addBiasGradient, addWeightGradient, product } from './products';
import { transpose } from './rows';

/** Makes the transposed copies of the weights anew. */
export function transposeWeights(plan: Plan): void {
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    transpose(layer.weight, layer.paddedOutputs, layer.paddedInputs, layer.transposed);
  }
}

/** Computes the outputs of the block's voxels. `padded` is a multiple of 8. */
export function forward(plan: Plan, padded: i32): void {
  const stride = plan.stride;
  const last = plan.layerCount - 1;
  for (let l = 0; l <= last; l++) {
    const layer = layerAt(plan, l);
    const rows = layer.paddedOutputs;
    product(layer.sums, rows, layer.bias, layer.transposed, rows, layer.inputs, layer.values, stride, padded);
    if (l < last) activate(plan.activation, layer.sums, layer.aux, (<usize>rows * stride) << 2);
  }
  applyHead(plan, layerAt(plan, last).sums, padded);
}

/** The block's share of the loss; leaves the gradient of the last layer's sums in `above`. */
export function loss(plan: Plan, columns: i32, padded: i32): f64 {
  let sum: f64;
  if (plan.loss == REBUILD) sum = rebuildLoss(plan, layerAt(plan, 0).values, plan.above, columns);
  else if (plan.loss == SQUARED) sum = squaredLoss(plan, plan.above, columns);
  else sum = weightedLoss(plan, plan.above, columns);
  const last = layerAt(plan, plan.layerCount - 1);
  headGradient(plan, last.sums, plan.above, padded);
  return sum;
}

/** Adds the block's gradients of all parameters, from the gradient of the last layer's sums in `above`. */
export function backward(plan: Plan, padded: i32): void {
  const stride = plan.stride;
  let above = plan.above;
  let below = plan.below;
  for (let l = plan.layerCount - 1; l >= 0; l--) {
    const layer = layerAt(plan, l);
    const width = layer.paddedInputs;
    addWeightGradient(layer.weightGradient, layer.paddedOutputs, width, above, layer.values, stride, padded);
    addBiasGradient(layer.biasGradient, layer.paddedOutputs, above, stride, padded);
    if (l == 0) break;
    product(below, width, plan.zeros, layer.weight, width, layer.outputs, above, stride, padded);
    activateBackward(
      plan.activation,
      below,
      layer.values,
      layerAt(plan, l - 1).aux,
      (<usize>width * stride) << 2,
    );
    const swap = above;
    above = below;
    below = swap;
  }
}
