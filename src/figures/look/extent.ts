/** Returns the least and the largest of any number of values: `Math.min(...values)` fails with more than some 100,000. */
export function extentOf(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
