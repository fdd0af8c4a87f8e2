import { PolarGaussian } from './polar-gaussian.ts';

/**
 * The Mersenne Twister of Matsumoto and Nishimura (1998), with the double and Gaussian streams of NumPy's legacy
 * `RandomState`, so that studies made with NumPy can be repeated number by number. Not for cryptography.
 */
export class Mt19937 extends PolarGaussian {
  readonly #state = new Uint32Array(624);
  #position = 624;

  /** @param seed integer 0..2³²-1, as `numpy.random.RandomState(seed)` takes it */
  constructor(seed: number) {
    super();
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`a seed is an integer from 0 to 4294967295, not ${seed}`);
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < 624; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  /** The next 32 random bits as an unsigned integer. */
  nextInt32(): number {
    if (this.#position === 624) this.#refill();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** Uniform on [0, 1) with 53 random bits, as NumPy's `random_sample`. */
  override uniform(): number {
    const high = this.nextInt32() >>> 5;
    const low = this.nextInt32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform integer in 0..n-1 without bias, by rejection on the smallest covering power of two. */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) {
      throw new RangeError(`the number of choices is an integer from 1 to 4294967296, not ${n}`);
    }
    if (n === 1) return 0;
    const shift = Math.clz32(n - 1);
    let draw: number;
    do draw = this.nextInt32() >>> shift;
    while (draw >= n);
    return draw;
  }

  #refill(): void {
    const state = this.#state;
    let k = 0;
    for (; k < 227; k++) state[k] = state[k + 397] ^ twist(state[k], state[k + 1]);
    for (; k < 623; k++) state[k] = state[k - 227] ^ twist(state[k], state[k + 1]);
    state[623] = state[396] ^ twist(state[623], state[0]);
    this.#position = 0;
  }
}

function twist(high: number, low: number): number {
  const y = (high & 0x80000000) | (low & 0x7fffffff);
  return (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
}
