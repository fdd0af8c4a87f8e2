/**
 * Holm's step-down procedure (Scand J Statist 1979;6:65): p values that may be compared with the level of the whole family,
 * so that the probability of one false alarm or more among all of them stays below it, however they depend on each other.
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
