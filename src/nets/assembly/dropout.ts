import { Layer, Plan } from './plan';

/*
 * The units that dropout sets to 0 follow from a hash of the step's key, the layer, the unit and the voxel's place in the batch.
 * It is that of `src/nets/fused/dropout.ts`, so the same units are dropped for the same voxels.
 */

/** Wellons 2018, lowbias32. */
@inline
function mix(x: u32): u32 {
  let h = (x ^ (x >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
}

@inline
function mixLanes(x: v128): v128 {
  let h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * Copies values [row][column], sets a fraction of them to 0 and scales the others up accordingly. The same call applied to
 * gradients, in place, is the backward pass.
 */
export function dropOut(plan: Plan, layer: Layer, l: u32, from: usize, to: usize, padded: i32): void {
  const rowBytes = (<usize>plan.stride) << 2;
  const rows: u32 = layer.groups * layer.paddedOutputs;
  const layerKey = mix(<u32>plan.dropoutKey + l);
  const threshold = i32x4.splat(layer.dropThreshold);
  const raise = f32x4.splat(layer.dropRaise);
  for (let row: u32 = 0; row < rows; row++) {
    const rowKey = mix(layerKey + row) + <u32>plan.column;
    for (let n = 0; n < padded; n += 4) {
      const at = (<usize>n) << 2;
      const places = i32x4.add(i32x4.splat(rowKey + n), i32x4(0, 1, 2, 3));
      const kept = i32x4.ge_u(mixLanes(places), threshold);
      v128.store(to + at, v128.and(f32x4.mul(v128.load(from + at), raise), kept));
    }
    from += rowBytes;
    to += rowBytes;
  }
}
