import { numberText } from '../../tables/reading/number-text.ts';
import { wordList } from './word-list.ts';

/** `10–50 and 100`: numbers that are neighbours among `all` are drawn together. Both lists ascend, and `some` is part of `all`. */
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
