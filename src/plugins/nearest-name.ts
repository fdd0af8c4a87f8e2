/** Longer words are not compared: the time grows with the square of the length. */
const LONGEST = 200;

/** Up to three of `allowed` that `found` may have been meant to be, the nearest first. */
export function nearestNames(found: string, allowed: readonly string[]): string[] {
  if (found.length > LONGEST) return [];
  const typed = found.toLowerCase();
  return allowed
    .map((name) => ({ name, distance: distance(typed, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(found.length, name.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `; did you mean a or b?`, or nothing where no name is near. */
export function didYouMean(found: string, allowed: readonly string[]): string {
  const near = nearestNames(found, allowed);
  return near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
}

/** Edits that turn one word into the other, two neighbours swapped counting as one (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2] + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
