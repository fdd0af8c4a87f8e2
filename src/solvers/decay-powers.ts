/** Longest chain, as multiplications per b-value, that is still quicker than exponentials. */
const WORTHWHILE = 5;
/** Tolerance for a multiple of the common divisor to count as whole. */
const WHOLE = 1e-9;

/**
 * exp(-b rate) at a protocol's b-values. Where the b-values share a divisor g, one exponential is enough: exp(-g rate)
 * is raised to the powers b / g by an addition chain (Knuth, The Art of Computer Programming, vol. 2, section 4.6.3),
 * accurate to about 1e-13. Otherwise, or if the chain is long or a b-value occurs twice, each decay is an exponential.
 */
export class DecayPowers {
  /** Length of the array for `write`: the decays, then other elements of the chain. */
  readonly size: number;
  /** Common divisor of the b-values in s/mm²; 0 where there is no short chain. */
  readonly divisor: number;

  readonly #b: Float64Array;
  /** Index of exp(-divisor rate). */
  readonly #base: number;
  /** Step k of the chain multiplies the powers at left[k] and right[k] into to[k]. */
  readonly #to: Uint16Array;
  readonly #left: Uint16Array;
  readonly #right: Uint16Array;

  /** @param b b-values in s/mm², ascending, above 0 */
  constructor(b: Float64Array) {
    const divisor = new Set(b).size < b.length ? 0 : commonDivisor(b);
    const targets = Array.from(b, (b) => Math.round(b / divisor));
    const chain = divisor > 0 ? additionChain(targets) : null;
    const short = chain !== null && chain.exponents.length <= WORTHWHILE * b.length + 1;
    const exponents = short ? chain.exponents : [];
    const helpers = exponents.filter((exponent) => !targets.includes(exponent));
    const places = exponents.map((exponent) =>
      targets.includes(exponent) ? targets.indexOf(exponent) : b.length + helpers.indexOf(exponent),
    );
    this.#b = b;
    this.size = b.length + helpers.length;
    this.divisor = short ? divisor : 0;
    this.#base = places[0] ?? 0;
    this.#to = Uint16Array.from(places.slice(1));
    this.#left = Uint16Array.from(short ? chain.left.slice(1) : [], (k) => places[k]);
    this.#right = Uint16Array.from(short ? chain.right.slice(1) : [], (k) => places[k]);
  }

  /** Writes exp(-b rate) for every b-value, rate in mm²/s, into the front of `out` (length `size`). */
  write(rate: number, out: Float64Array): void {
    if (this.divisor > 0) {
      this.raise(Math.exp(-this.divisor * rate), out);
      return;
    }
    const b = this.#b;
    for (let k = 0; k < b.length; k++) out[k] = Math.exp(-b[k] * rate);
  }

  /** The same from `base`, which is exp(-divisor rate). Only where there is a divisor. */
  raise(base: number, out: Float64Array): void {
    const to = this.#to;
    const left = this.#left;
    const right = this.#right;
    out[this.#base] = base;
    for (let k = 0; k < to.length; k++) out[to[k]] = out[left[k]] * out[right[k]];
  }
}

/** Returns the largest number of which all b-values are multiples, to the thousandth; 0 if there is none. */
function commonDivisor(b: Float64Array): number {
  let divisor = Math.round(b[0] * 1000);
  for (const value of b) {
    const thousandths = Math.round(value * 1000);
    if (thousandths === 0 || Math.abs(value * 1000 - thousandths) > WHOLE * thousandths) return 0;
    let rest = thousandths;
    while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor / 1000;
}

interface Chain {
  readonly exponents: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Finds an addition chain from 1 that contains every target, by a greedy search. */
function additionChain(targets: readonly number[]): Chain {
  const exponents = [1];
  const left = [0];
  const right = [0];
  const reach = (target: number): number => {
    const known = exponents.indexOf(target);
    if (known >= 0) return known;
    const [a, b] = split(exponents, target);
    const at = [reach(a), reach(b)];
    left.push(at[0]);
    right.push(at[1]);
    return exponents.push(target) - 1;
  };
  for (const target of targets) reach(target);
  return { exponents, left, right };
}

/** Returns two smaller exponents whose sum is `target`, both in the chain if possible. */
function split(known: readonly number[], target: number): [number, number] {
  for (const a of known) if (known.includes(target - a)) return [a, target - a];
  if (target % 2 === 0 && !known.some((a) => a < target && 2 * a > target)) return [target / 2, target / 2];
  const largest = Math.max(...known.filter((a) => a < target));
  return largest * 2 >= target
    ? [largest, target - largest]
    : [Math.floor(target / 2), Math.ceil(target / 2)];
}

/** Number of chords that approximate the curve's length. */
const WALK = 2000;

/**
 * Returns rates between two bounds, both included, whose decays are evenly spaced along the curve exp(-b rate) in the space of
 * signals: neighbours differ equally in what a measurement shows.
 *
 * @param powers decays at the protocol's b-values
 * @param b b-values in s/mm², ascending, above 0
 * @param bounds in mm²/s
 * @returns ascending, at most `size` and at least 2
 */
export function evenRates(
  powers: DecayPowers,
  b: Float64Array,
  [least, most]: readonly [number, number],
  size: number,
): Float64Array {
  const from = Math.max(least, 0.001 / b[b.length - 1]);
  const to = Math.min(most, 12 / b[0]);
  const walk = [least];
  for (let k = 0; k <= WALK && from < to; k++) walk.push(from * Math.pow(to / from, k / WALK));
  walk.push(most);

  const length = [0];
  let last = new Float64Array(powers.size);
  let next = new Float64Array(powers.size);
  powers.write(walk[0], last);
  for (let k = 1; k < walk.length; k++) {
    powers.write(walk[k], next);
    let square = 0;
    for (let i = 0; i < b.length; i++) square += (next[i] - last[i]) ** 2;
    length.push(length[k - 1] + Math.sqrt(square));
    [last, next] = [next, last];
  }

  const rates = [least];
  let k = 0;
  for (let node = 1; node < size - 1; node++) {
    const target = (length[length.length - 1] * node) / (size - 1);
    while (length[k] < target) k++;
    if (walk[k] > rates[rates.length - 1] && walk[k] < most) rates.push(walk[k]);
  }
  rates.push(most);
  return Float64Array.from(rates);
}
