/*
 * The records that the caller lays out in memory: field by field in this order, four bytes each. This file is their only
 * definition; `scripts/kernel-record.mjs` lists the fields for `src/nets/fused/plan-record.ts`, which fills them in.
 * Pointers are byte addresses, all on multiples of 16; arrays are float32.
 *
 * Values of a block of voxels are laid out [unit][column] with `stride` columns, where a column is a voxel: four voxels
 * fill a vector, and no sum is over neighbours in a vector.
 */

@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  /** Rounded up to a multiple of 4. */
  paddedInputs: i32;
  paddedOutputs: i32;
  /** [paddedOutputs][paddedInputs] */
  weight: usize;
  /** [paddedOutputs] */
  bias: usize;
  /** The weights once more, [paddedInputs][paddedOutputs]. */
  transposed: usize;
  weightGradient: usize;
  biasGradient: usize;
  /** What the layer reads, [paddedInputs][stride]: the block's inputs, or the activations before. */
  values: usize;
  /** What it writes, [paddedOutputs][stride]. */
  sums: usize;
  /** What the activation of `sums` stores for its slope. */
  aux: usize;
  /** Number of groups, which read different values. All sizes above are those of one group; arrays of groups are contiguous. */
  groups: i32;
  /** Bytes from the inputs of one group to those of the next, and from its sums to the next group's. */
  inputStep: usize;
  outputStep: usize;
  /** Of a normalised layer, [groups][paddedOutputs] each, or 0: parameters, their gradients, running statistics. */
  scale: usize;
  shift: usize;
  scaleGradient: usize;
  shiftGradient: usize;
  mean: usize;
  variance: usize;
  /** 1 over the batch's standard deviation, [groups][paddedOutputs], and the normalised sums, [..][stride]. */
  inverse: usize;
  normalised: usize;
  /** A unit is dropped if its hash, as an unsigned number, is below this; 0 without dropout. */
  dropThreshold: i32;
  /** Factor of the other units. */
  dropRaise: f32;
}

/** Bytes from one layer's record to the next. */
export const LAYER_BYTES: usize = offsetof<Layer>();

@unmanaged
export class Plan {
  layerCount: i32;
  layers: usize;
  /** 0 ELU, 1 ReLU, 2 SiLU. */
  activation: i32;
  /** 0 linear, 1 absolute value, 2 sigmoid over a range. */
  head: i32;
  /** Lower end per output, each four times over, and the ranges likewise. */
  low: usize;
  range: usize;
  /** 0 rebuild, 1 squared, 2 weighted, 3 rebuild with S0. */
  loss: i32;
  /** One negated b-value per input, one weight per output, or three numbers per output (`src/nets/fused/loss-shape.ts`). */
  lossCoefficients: usize;
  inputs: i32;
  outputs: i32;
  /** Columns of a block, a multiple of 8. */
  stride: i32;
  /** Voxels of a training step. */
  batch: i32;
  /** Row-major, as in the caller: inputs, targets, and space for predictions. */
  x: usize;
  targets: usize;
  /** Numbers in a row of targets. */
  targetWidth: i32;
  results: usize;
  /** [outputs][stride]: the block's outputs after the head. */
  out: usize;
  /** [targetWidth][stride] */
  targetValues: usize;
  /** Two arrays, [widest][stride], for gradients of a layer's sums. */
  above: usize;
  below: usize;
  /** As many zeros as the widest layer has units. */
  zeros: usize;
  /** All parameters, their gradients and Adam's moments: `size` numbers each, padded. */
  size: i32;
  parameters: usize;
  gradient: usize;
  first: usize;
  second: usize;
  /** 1 over the number of terms of the loss. */
  scale: f32;
  beta1: f32;
  beta2: f32;
  /** 1 - beta, rounded once. */
  rest1: f32;
  rest2: f32;
  epsilon: f32;
  weightDecay: f32;
  /** Written by the kernel: the key of this step's dropout, and the place of the block in the batch. */
  dropoutKey: i32;
  column: i32;
}

@inline
export function layerAt(plan: Plan, l: i32): Layer {
  return changetype<Layer>(plan.layers + <usize>l * LAYER_BYTES);
}
