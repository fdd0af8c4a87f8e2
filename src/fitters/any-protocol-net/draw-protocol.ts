import { InputError } from '../../contracts/input-error.ts';
import type { MeasuredAt } from './protocol-inputs.ts';

/** Where the random protocols lie, and so which protocols the network may be asked about. */
export const PROTOCOLS = {
  /** Fewest and most b-values above 0. More are allowed: only their spread counts, not their number. */
  fewest: 3,
  most: 24,
  /** Range of the largest b-value, s/mm². */
  largest: [300, 5000] as const,
  /** The smallest b-value above 0 is at most this. */
  smallest: 500,
  /** The lowest b-value of a scan that has no b=0 is at most this. */
  lowest: 50,
} as const;

/** Most protocols end where perfusion is measured: this part of them, below this b-value. */
const USUAL = { part: 0.8, largest: 1600 } as const;
/** Part of the protocols that have each b-value once. */
const PLAIN = 0.6;
const MOST_REPEATS = 16;
/** Low b-values are drawn evenly in their logarithm from 1 to this. */
const LOW = 300;

/** A source of uniform numbers on [0, 1). */
export interface Uniform {
  uniform(): number;
}

/**
 * Draws a protocol: how many b-values, the largest, what part of the others are low, and for four in ten how often each
 * is measured: all alike, the more often the higher, b=0 more often than others, or each by itself.
 * @param withoutB0 the lowest b-value, in place of 0, is drawn evenly in its logarithm from 1 s/mm² up
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

/** @throws InputError where b-values are others than the network is trained for */
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
