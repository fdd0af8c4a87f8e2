import { PolarGaussian } from './polar-gaussian.ts';

const TWO_32 = 2 ** 32;

/**
 * Random numbers that belong to a voxel: the state is a hash of a seed and of the bits of the voxel's signals, so that
 * they don't depend on what else is fitted, where, or in what order. Generator: xoshiro128** (Blackman and Vigna, ACM
 * Trans Math Softw 2021;47:36); hash: MurmurHash3 (Appleby 2011) and SplitMix's increments. Allocates nothing per voxel.
 */
export class VoxelRandom extends PolarGaussian {
  readonly #seed: number;
  readonly #double = new Float64Array(1);
  readonly #bits = new Uint32Array(this.#double.buffer);
  #a = 1;
  #b = 0;
  #c = 0;
  #d = 0;

  /** @param seed integer 0..2³²-1 */
  constructor(seed: number) {
    super();
    this.#seed = seed >>> 0;
  }

  /** Begins the numbers of the voxel whose `count` signals start at `offset`. */
  begin(values: Float64Array, offset: number, count: number): void {
    let hash = this.#seed;
    for (let k = 0; k < count; k++) {
      this.#double[0] = values[offset + k];
      hash = mix(hash, this.#bits[0]);
      hash = mix(hash, this.#bits[1]);
    }
    this.#a = finish(hash);
    this.#b = finish(hash + 0x9e3779b9);
    this.#c = finish(hash + 0x3c6ef372);
    this.#d = finish(hash + 0xdaa66d2b) | 1;
    this.forgetSpare();
  }

  /** Uniform on [0, 1), in steps of 2^-32. */
  override uniform(): number {
    return this.#next() / TWO_32;
  }

  #next(): number {
    const scrambled = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotate(this.#d, 11);
    return scrambled >>> 0;
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function mix(hash: number, block: number): number {
  const k = Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ k, 13), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
