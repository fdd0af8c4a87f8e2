import { numberText } from '../../tables/reading/number-text.ts';

/** `a, b and c`. */
export function wordList(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `10–50 and 100`: numbers that are neighbours in `all` form a range. Both lists ascend, and `some` is part of `all`. */
export function rangesText(
  some: readonly number[],
  all: readonly number[],
  text: (value: number) => string = (value) => numberText(value, 3),
): string {
  const runs: number[][] = [];
  for (const place of some) {
    const last = runs.at(-1);
    if (last && all.indexOf(place) === all.indexOf(last.at(-1)!) + 1) last.push(place);
    else runs.push([place]);
  }
  return wordList(
    runs.flatMap((run) => (run.length > 2 ? [`${text(run[0])}–${text(run.at(-1)!)}`] : run.map(text))),
  );
}

/**
 * Names some of the SNRs of a run: `at every SNR`, `at no SNR`, `at SNR 10–50 and 100`. Both lists ascend, and
 * `some` is part of `all`.
 */
export function snrWords(some: readonly number[], all: readonly number[]): string {
  if (some.length === 0) return 'at no SNR';
  if (some.length === all.length && all.length > 1) return 'at every SNR';
  return `at SNR ${rangesText(some, all)}`;
}
