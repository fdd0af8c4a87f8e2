import { occupied } from './losses';
import { Layer, Plan } from './plan';

/*
 * Normalisation of a layer's sums over the batch (Ioffe and Szegedy 2015, algorithm 1, as PyTorch computes it). The
 * block is the whole batch. Columns from `columns` on hold no voxel and are not counted.
 */

const EPSILON: f32 = 1e-5;
/** Weight of a new batch in the running statistics. */
const MOMENTUM: f32 = 0.1;

@inline
function laneSum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** Normalises the sums in place, stores them before scale and shift, and updates the running statistics. */
export function normalise(plan: Plan, layer: Layer, columns: i32): void {
  const rowBytes = (<usize>plan.stride) << 2;
  const count = <f32>columns;
  const rows = layer.groups * layer.paddedOutputs;
  let sums = layer.sums;
  let normalised = layer.normalised;
  for (let row: usize = 0; row < <usize>rows; row++) {
    let total = f32x4.splat(0);
    for (let n = 0; n < columns; n += 4) {
      const x = v128.load(sums + ((<usize>n) << 2));
      total = f32x4.add(total, v128.and(x, occupied(n, columns)));
    }
    const mean = laneSum(total) / count;
    const centre = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let n = 0; n < columns; n += 4) {
      const x = f32x4.sub(v128.load(sums + ((<usize>n) << 2)), centre);
      squares = f32x4.add(squares, v128.and(f32x4.mul(x, x), occupied(n, columns)));
    }
    const square = laneSum(squares);
    const inverse: f32 = 1 / sqrt<f32>(square / count + EPSILON);
    const at = row << 2;
    store<f32>(layer.inverse + at, inverse);
    moveTowards(layer.mean + at, mean);
    moveTowards(layer.variance + at, square / (count - 1));
    const factor = f32x4.splat(inverse);
    const scale = v128.load_splat<f32>(layer.scale + at);
    const shift = v128.load_splat<f32>(layer.shift + at);
    for (let n = 0; n < columns; n += 4) {
      const to = (<usize>n) << 2;
      const x = f32x4.mul(f32x4.sub(v128.load(sums + to), centre), factor);
      v128.store(normalised + to, x);
      v128.store(sums + to, f32x4.add(f32x4.mul(x, scale), shift));
    }
    sums += rowBytes;
    normalised += rowBytes;
  }
}

@inline
function moveTowards(running: usize, found: f32): void {
  const before = load<f32>(running);
  store<f32>(running, before + MOMENTUM * (found - before));
}

/** Converts the gradient of the output of `normalise` to that of the sums, in place, and adds those of scales and shifts. */
export function normaliseBackward(plan: Plan, layer: Layer, gradient: usize, columns: i32): void {
  const rowBytes = (<usize>plan.stride) << 2;
  const count = <f32>columns;
  const rows = layer.groups * layer.paddedOutputs;
  let normalised = layer.normalised;
  for (let row: usize = 0; row < <usize>rows; row++) {
    let shifts = f32x4.splat(0);
    let scales = shifts;
    for (let n = 0; n < columns; n += 4) {
      const at = (<usize>n) << 2;
      const g = v128.and(v128.load(gradient + at), occupied(n, columns));
      shifts = f32x4.add(shifts, g);
      scales = f32x4.add(scales, v128.and(f32x4.mul(g, v128.load(normalised + at)), occupied(n, columns)));
    }
    const byShift = laneSum(shifts);
    const byScale = laneSum(scales);
    const at = row << 2;
    addTo(layer.shiftGradient + at, byShift);
    addTo(layer.scaleGradient + at, byScale);
    const factor = f32x4.splat(load<f32>(layer.scale + at) * load<f32>(layer.inverse + at));
    const meanShift = f32x4.splat(byShift / count);
    const meanScale = f32x4.splat(byScale / count);
    for (let n = 0; n < columns; n += 4) {
      const to = (<usize>n) << 2;
      const along = f32x4.mul(v128.load(normalised + to), meanScale);
      const g = f32x4.sub(f32x4.sub(v128.load(gradient + to), meanShift), along);
      v128.store(gradient + to, v128.and(f32x4.mul(factor, g), occupied(n, columns)));
    }
    gradient += rowBytes;
    normalised += rowBytes;
  }
}

@inline
function addTo(address: usize, value: f32): void {
  store<f32>(address, load<f32>(address) + value);
}
