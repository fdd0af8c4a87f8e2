import { PolarGaussian } from './polar-gaussian.ts';

const TWO_32 = 2 ** 32;

/** xoshiro128** (Blackman and Vigna, ACM Trans Math Softw 2021;47:36): fast, with 16 bytes of state. */
export abstract class Xoshiro extends PolarGaussian {
  /** Never all 0, from which the generator would not leave. */
  protected readonly state = Int32Array.of(1, 0, 0, 0);

  /** The next 32 random bits. */
  protected nextBits(): number {
    const state = this.state;
    const b = state[1];
    const c = state[2] ^ state[0];
    const d = state[3] ^ b;
    state[1] = b ^ c;
    state[0] ^= d;
    state[2] = c ^ (b << 9);
    state[3] = rotate(d, 11);
    return Math.imul(rotate(Math.imul(b, 5), 7), 9);
  }

  /** Uniform on [0, 1), in steps of 2^-32. */
  override uniform(): number {
    return (this.nextBits() >>> 0) / TWO_32;
  }

  /** Restarts from 32 bits, spread over the state by MurmurHash3's finaliser and SplitMix's increments. */
  protected beginAt(hash: number): void {
    this.state[0] = finish(hash);
    this.state[1] = finish(hash + 0x9e3779b9);
    this.state[2] = finish(hash + 0x3c6ef372);
    this.state[3] = finish(hash + 0xdaa66d2b) | 1;
    this.forgetSpare();
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function finish(hash: number): number {
  let h = hash | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
