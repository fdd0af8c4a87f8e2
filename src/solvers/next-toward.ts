const bits = new BigInt64Array(1);
const value = new Float64Array(bits.buffer);

/** The double next to `from` on the way to `to`; `from` itself where they are equal. Both finite. */
export function nextToward(from: number, to: number): number {
  if (from === to) return from;
  if (from === 0) return to > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  value[0] = from;
  const awayFromZero = from > 0 === to > from;
  bits[0] = bits[0] + (awayFromZero ? 1n : -1n);
  return value[0];
}
