/** Longest chain, as multiplications per b-value, that is still quicker than exponentials. */
const WORTHWHILE = 5;
/** How far from whole a multiple of the common divisor may be. */
const WHOLE = 1e-9;

/**
 * exp(-b rate) at a protocol's b-values. Where the b-values share a divisor g, one exponential is enough: exp(-g rate)
 * is raised to the powers b / g by an addition chain (Knuth, The Art of Computer Programming, vol. 2, section 4.6.3),
 * exact to about 1e-13. Where they don't, or the chain is long, each is its own exponential.
 */
export class DecayPowers {
  readonly #b: Float64Array;
  /** Common divisor; 0 where there is no short chain. */
  readonly #divisor: number;
  /** Power number k of the chain is power left[k] times power right[k]; number 0 is the base. */
  readonly #left: Uint16Array;
  readonly #right: Uint16Array;
  /** Which power belongs to which b-value. */
  readonly #place: Uint16Array;
  readonly #powers: Float64Array;

  /** @param b b-values in s/mm², ascending, above 0 */
  constructor(b: Float64Array) {
    this.#b = b;
    const divisor = commonDivisor(b);
    const chain = divisor > 0 ? additionChain(Array.from(b, (b) => Math.round(b / divisor))) : null;
    const short = chain !== null && chain.exponents.length <= WORTHWHILE * b.length + 1;
    this.#divisor = short ? divisor : 0;
    this.#left = Uint16Array.from(short ? chain.left : []);
    this.#right = Uint16Array.from(short ? chain.right : []);
    this.#place = Uint16Array.from(b, (b) => (short ? chain.exponents.indexOf(Math.round(b / divisor)) : 0));
    this.#powers = new Float64Array(short ? chain.exponents.length : 0);
  }

  /** Writes exp(-b rate) for every b-value, rate in mm²/s. */
  write(rate: number, out: Float64Array): void {
    if (this.#divisor === 0) {
      const b = this.#b;
      for (let k = 0; k < b.length; k++) out[k] = Math.exp(-b[k] * rate);
      return;
    }
    const powers = this.#powers;
    const left = this.#left;
    const right = this.#right;
    const place = this.#place;
    powers[0] = Math.exp(-this.#divisor * rate);
    for (let k = 1; k < powers.length; k++) powers[k] = powers[left[k]] * powers[right[k]];
    for (let k = 0; k < place.length; k++) out[k] = powers[place[k]];
  }
}

/** The largest number that all b-values are whole multiples of, up to the thousandth; 0 where there is none. */
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

/** A chain of additions from 1 that passes through every target, found greedily. */
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

/** Two smaller exponents that add up to `target`, both known if possible. */
function split(known: readonly number[], target: number): [number, number] {
  for (const a of known) if (known.includes(target - a)) return [a, target - a];
  if (target % 2 === 0 && !known.some((a) => a < target && 2 * a > target)) return [target / 2, target / 2];
  const largest = Math.max(...known.filter((a) => a < target));
  return largest * 2 >= target
    ? [largest, target - largest]
    : [Math.floor(target / 2), Math.ceil(target / 2)];
}
