/*
 * What dropout leaves out is a hash of the seed, the step, the layer, the unit and the voxel's place in the batch: the
 * same in every engine, whatever the order of computing.
 */

/** A whole number from a whole number, both 32 bits, every bit of one flipping half of the other's (Wellons 2018, lowbias32). */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** What decides a step's dropout. */
export function dropoutKey(seed: number, step: number): number {
  return mix(mix(seed | 0) + step) | 0;
}

/** Hashes at or above it are kept, as unsigned numbers. */
export function dropoutThreshold(share: number): number {
  return Math.round(share * 2 ** 32);
}

/**
 * Copies values [row][column] with a share of them 0 and the others raised to make up for it, for the columns of the
 * batch from `first` on. The same call takes gradients back, in place.
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
