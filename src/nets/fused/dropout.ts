/*
 * The units that dropout sets to 0 follow from a hash of the seed, the step, the layer, the unit and the voxel's place in the
 * batch, so they are the same in every engine and in any order of computation.
 */

/** A 32-bit hash of a 32-bit integer: changing one bit changes half of the bits of the hash (Wellons 2018, lowbias32). */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** Returns the key of a step's dropout. */
export function dropoutKey(seed: number, step: number): number {
  return mix(mix(seed | 0) + step) | 0;
}

/** Hashes at or above it are kept, as unsigned numbers. */
export function dropoutThreshold(share: number): number {
  return Math.round(share * 2 ** 32);
}

/**
 * Copies values [row][column], sets a fraction of them to 0 and scales the others up accordingly, for the columns of the batch
 * from `first` on. The same call applied to gradients, in place, is the backward pass.
 */
export function dropOut(
  from: Float64Array,
  to: Float64Array,
  share: number,
  key: number,
  layer: number,
  rows: number,
  stride: number,
  first: number,
  columns: number,
): void {
  const threshold = dropoutThreshold(share);
  const raise = 1 / (1 - share);
  const layerKey = mix(key + layer);
  for (let row = 0; row < rows; row++) {
    const rowKey = mix(layerKey + row) + first;
    const at = row * stride;
    for (let n = 0; n < columns; n++) {
      const isKept = mix(rowKey + n) >>> 0 >= threshold;
      to[at + n] = isKept ? from[at + n] * raise : 0;
    }
  }
}
