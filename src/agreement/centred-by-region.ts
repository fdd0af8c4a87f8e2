/** Values less the mean of their region: what is left are the differences between subjects. */
export function centredByRegion(values: readonly number[], regions: readonly string[]): number[] {
  const sums = new Map<string, { sum: number; n: number }>();
  values.forEach((value, i) => {
    const known = sums.get(regions[i]) ?? { sum: 0, n: 0 };
    sums.set(regions[i], { sum: known.sum + value, n: known.n + 1 });
  });
  return values.map((value, i) => {
    const { sum, n } = sums.get(regions[i])!;
    return value - sum / n;
  });
}
