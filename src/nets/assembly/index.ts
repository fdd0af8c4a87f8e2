import { adamUpdate } from './adam';
import { multiplyAdd } from './multiply-add';
import { backward, forward, loss, transposeWeights } from './network';
import { layerAt, Plan } from './plan';
import { readRows, writeRows } from './rows';

/** Must be called once the parameters have been written. */
export function prepare(plan: Plan): void {
  transposeWeights(plan);
}

/**
 * One training step on the `batch` rows at `x`: forward, loss and backward block by block, the gradients adding up
 * in the same order every time, then Adam. Returns the sum of the loss before the step, not yet divided.
 */
export function step(plan: Plan, rate: f32, rootCorrection: f32, dropoutKey: i32): f64 {
  const batch = plan.batch;
  plan.dropoutKey = dropoutKey;
  const stride = plan.stride;
  memory.fill(plan.gradient, 0, (<usize>plan.size) << 2);
  let sum: f64 = 0;
  for (let from = 0; from < batch; from += stride) {
    const columns = min(stride, batch - from);
    const padded = (columns + 7) & ~7;
    plan.column = from;
    readBlock(plan, from, columns);
    if (plan.targets)
      readRows(
        plan.targets + ((<usize>from * plan.targetWidth) << 2),
        plan.targetWidth,
        plan.targetValues,
        stride,
        columns,
      );
    forward(plan, columns, padded);
    sum += loss(plan, columns, padded);
    backward(plan, columns, padded);
  }
  adamUpdate(plan, rate, rootCorrection);
  transposeWeights(plan);
  return sum;
}

/** Computes the outputs of the `n` rows at `x` and writes them, row by row, to `results`. */
export function predict(plan: Plan, n: i32): void {
  const stride = plan.stride;
  const outputs = plan.outputs;
  for (let from = 0; from < n; from += stride) {
    const columns = min(stride, n - from);
    readBlock(plan, from, columns);
    forward(plan, columns, (columns + 7) & ~7);
    writeRows(plan.out, outputs, plan.results + ((<usize>from * outputs) << 2), stride, columns);
  }
}

/**
 * Whether a product and a sum are rounded only once. Call it with 1 + 2^-12: its square is 1 + 2^-11 + 2^-24, whose last term
 * is lost in rounding to float32.
 */
export function fuses(x: f32): bool {
  const difference = multiplyAdd(f32x4.splat(x), f32x4.splat(x), f32x4.splat(1 - 2 * x));
  return f32x4.extract_lane(difference, 0) != 0;
}

function readBlock(plan: Plan, from: i32, columns: i32): void {
  const x = plan.x + ((<usize>from * plan.inputs) << 2);
  readRows(x, plan.inputs, layerAt(plan, 0).values, plan.stride, columns);
}
