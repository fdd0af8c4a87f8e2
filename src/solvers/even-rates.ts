import type { DecayPowers } from './decay-powers.ts';

/** How finely the way is walked to measure it. */
const WALK = 2000;

/**
 * Rates between two bounds, both included, whose decays lie evenly along the curve that exp(-b rate) draws in the
 * space of signals as the rate grows: none is far from any decay a measurement can tell apart.
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
