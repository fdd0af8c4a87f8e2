import { logTicks } from './log-ticks.ts';

/**
 * Ticks for an axis that is linear up to about `constant` on either side of 0 and logarithmic beyond: 0 and, on each side that the range
 * reaches, powers of ten or 1, 2, 5 of them from `constant` on.
 */
export function symlogTicks(low: number, high: number, constant: number): number[] {
  const side = (end: number) =>
    end > 2 * constant ? logTicks(constant, end, 4) : end > constant / 2 ? [end / 2] : [];
  const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(1)));
  const [below, above] = [rounded(side(-low)), rounded(side(high))];
  return [...new Set([...below.map((value) => -value).reverse(), 0, ...above])].filter(
    (tick) => tick >= low && tick <= high,
  );
}
