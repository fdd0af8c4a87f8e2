/**
 * Holm's step-down procedure (Scand J Statist 1979;6:65): adjusts p values so that, compared with the level of the family, the
 * probability of any false alarm stays below that level, whatever the dependence between the tests.
 */
export function holm(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[a] - p[b]);
  const adjusted = new Array<number>(p.length);
  let least = 0;
  order.forEach((place, i) => {
    least = Math.max(least, Math.min(1, (p.length - i) * p[place]));
    adjusted[place] = least;
  });
  return adjusted;
}
