/** Entries of the table per unit of x: a power of two, so that subtracting one from x is exact. */
const STEPS = 128;
/** Below the range of doubles, so that products with the result do not become denormal numbers, which are slow. */
const LIMIT = 600;

/** Place of x = 0 in the table. */
const MIDDLE = LIMIT * STEPS;

/** exp((k - MIDDLE) / STEPS) at k. Zeros until `exponentialConstants` or `exponential` is called for the first time. */
const table = new Float64Array(2 * MIDDLE + 1);

/** Fills the table: 153,601 exponentials, for processes that train or use a network. */
function fillTable(): void {
  for (let k = 0; k < table.length; k++) table[k] = Math.exp((k - MIDDLE) / STEPS);
}

/** Added to a small number and subtracted again, leaves the nearest whole number. */
const ROUNDER = 1.5 * 2 ** 52;

/**
 * exp(s / STEPS) for |s| <= 1/2 is 1 + s (c1 + s (c2 + s c3)): Taylor's polynomial, with a quadratic term that includes the
 * best approximation of the quartic one (k s² is nearest to s⁴ on |s| <= 1/2, in the largest error, for k = (√2 - 1) / 2).
 */
const C1 = 1 / STEPS;
const C2 = 1 / (2 * STEPS ** 2) + (Math.SQRT2 - 1) / (48 * STEPS ** 4);
const C3 = 1 / (6 * STEPS ** 3);

const constants: Readonly<Float64Array> = Float64Array.of(ROUNDER, 1, C1, C2, C3, MIDDLE, STEPS, 0.5);

/**
 * The constants of `exponentialAt`: rounder, one, c1, c2, c3, the place of x = 0 in the table, its steps per unit, and
 * one half. Fills the table on the first call.
 *
 * Loops read them into locals first: the compiler loads a literal into its register at every use, but keeps a value that was
 * read from an array there, which saves a third of the time. That is why the loops of `activations.ts` and `losses.ts`,
 * and the one of `scripts/bench/calibrate.ts` that measures them, each repeat these reads.
 */
export function exponentialConstants(): Readonly<Float64Array> {
  if (table[MIDDLE] === 0) fillTable();
  return constants;
}

/**
 * exp((t - MIDDLE) / STEPS) for 0 < t < 2 MIDDLE, to a relative error below 3e-12: the nearest entry of a table of
 * exponentials times a polynomial for the rest, exact where t is whole. NaN elsewhere.
 *
 * @param rounder,one,c1,c2,c3 the first five of `exponentialConstants`, which fills the table
 */
export function exponentialAt(
  t: number,
  rounder: number,
  one: number,
  c1: number,
  c2: number,
  c3: number,
): number {
  const nearest = t + rounder - rounder;
  const s = t - nearest;
  return table[nearest | 0] * (one + s * c1 + s * s * (c2 + s * c3));
}

/** exp(x) by the same table: exact at 0, 0 from -600 down and infinite from 600 up. */
export function exponential(x: number): number {
  const t = x * STEPS + MIDDLE;
  if (!(t > 0 && t < 2 * MIDDLE)) return x > 0 ? Infinity : x < 0 ? 0 : NaN;
  if (table[MIDDLE] === 0) fillTable();
  return exponentialAt(t, ROUNDER, 1, C1, C2, C3);
}
