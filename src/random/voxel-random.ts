import { Xoshiro } from './xoshiro.ts';

/**
 * Random numbers of a voxel: the state is a hash (MurmurHash3, Appleby 2011) of a seed and of the bits of the voxel's signals,
 * so that they do not depend on the other voxels, or on where and in what order they are fitted. Allocates nothing per voxel.
 */
export class VoxelRandom extends Xoshiro {
  readonly #seed: number;
  readonly #double = new Float64Array(1);
  readonly #bits = new Uint32Array(this.#double.buffer);

  /** @param seed integer 0..2³²-1 */
  constructor(seed: number) {
    super();
    this.#seed = seed >>> 0;
  }

  /** Starts the numbers of the voxel whose `count` signals start at `offset`. */
  begin(values: Float64Array, offset: number, count: number): void {
    let hash = this.#seed;
    for (let k = 0; k < count; k++) {
      this.#double[0] = values[offset + k];
      hash = mix(hash, this.#bits[0]);
      hash = mix(hash, this.#bits[1]);
    }
    this.beginAt(hash);
  }
}

function mix(hash: number, block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}
