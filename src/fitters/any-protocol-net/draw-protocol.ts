import { InputError } from '../../contracts/input-error.ts';
import type { MeasuredAt } from './measured-at.ts';

/** The ranges of random protocols, and so of the protocols that the network accepts. */
export const PROTOCOLS = {
  /** Fewest and most b-values above 0. More are accepted: only their distribution matters, not their number. */
  fewest: 3,
  most: 24,
  /** Range of the largest b-value, s/mm². */
  largest: [300, 5000] as const,
  /** Upper limit of the smallest b-value above 0. */
  smallest: 500,
  /** Upper limit of the lowest b-value of a scan without b=0. */
  lowest: 50,
} as const;

/** This fraction of protocols ends below this b-value, where perfusion is measured. */
const USUAL = { part: 0.8, largest: 1600 } as const;
/** Fraction of the protocols that have each b-value once. */
const PLAIN = 0.6;
const MOST_REPEATS = 16;
/** Low b-values are log-uniform from 1 to this. */
const LOW = 300;

/** A source of uniform numbers on [0, 1). */
export interface Uniform {
  uniform(): number;
}

/**
 * Draws a protocol: the number of b-values, the largest, the fraction of low ones, and, for four in ten, the number of
 * measurements of each: all equal, increasing with b, more at b=0, or independent.
 * @param withoutB0 the lowest b-value, instead of 0, is log-uniform from 1 s/mm² up
 */
export function drawProtocol(random: Uniform, withoutB0 = false): MeasuredAt {
  const { fewest, most, largest, smallest } = PROTOCOLS;
  for (;;) {
    const count = fewest + Math.floor((most - fewest + 1) * random.uniform() ** 1.5);
    const [from, to] =
      random.uniform() < USUAL.part ? [largest[0], USUAL.largest] : [USUAL.largest, largest[1]];
    const last = from * (to / from) ** random.uniform();
    const low = 0.3 + 0.6 * random.uniform();
    const lowest = withoutB0 ? PROTOCOLS.lowest ** random.uniform() : 0;
    const bValues = [lowest, last];
    while (bValues.length <= count) {
      const b = random.uniform() < low ? LOW ** random.uniform() : last * random.uniform();
      if (b > lowest || !withoutB0) bValues.push(b);
    }
    bValues.sort((a, b) => a - b);
    if (bValues[1] > smallest || bValues[count] !== last) continue;
    return { bValues: Float64Array.from(bValues), repeats: drawRepeats(count + 1, random) };
  }
}

function drawRepeats(n: number, random: Uniform): Float64Array {
  const repeats = new Float64Array(n).fill(1);
  if (random.uniform() < PLAIN) return repeats;
  const often = () => 1 + Math.floor(MOST_REPEATS * random.uniform() ** 2);
  const times = often();
  const more = often();
  const kind = Math.floor(4 * random.uniform());
  if (kind === 0) return repeats.fill(times);
  if (kind === 1) return repeats.map((_, k) => 1 + Math.round((times * k) / n));
  if (kind === 2) return repeats.map((_, k) => (k === 0 ? more : times));
  return repeats.map(() => often());
}

/** @throws InputError if b-values are outside the range that the network was trained for */
export function requireKnownRange(bValues: Float64Array): void {
  const { fewest, largest, smallest, lowest } = PROTOCOLS;
  const count = bValues.length - 1;
  const last = bValues[count];
  const refuse = (found: string, allowed: string) => {
    throw new InputError(
      `any-protocol-net was not trained for these b-values: ${found}; allowed: ${allowed}; other fitters take them as they are`,
    );
  };
  const above = bValues[0] > 0 ? 'the lowest' : '0';
  if (bValues[0] > lowest) refuse(`the lowest is ${bValues[0]} s/mm²`, `0, or up to ${lowest}`);
  if (count < fewest) refuse(`${count} of them above ${above}`, `at least ${fewest}`);
  if (last < largest[0] || last > largest[1]) {
    refuse(`the largest is ${last} s/mm²`, `from ${largest[0]} to ${largest[1]}`);
  }
  if (bValues[1] > smallest)
    refuse(`the smallest above ${above} is ${bValues[1]} s/mm²`, `up to ${smallest}`);
}
