import { numberText } from '../../tables/reading/number-text.ts';

/**
 * Says which of the SNRs of a run are meant: `at every SNR`, `at no SNR`, `at SNR 10–50 and 100`. Both lists ascend, and
 * `some` is part of `all`.
 */
export function snrWords(some: readonly number[], all: readonly number[]): string {
  if (some.length === 0) return 'at no SNR';
  if (some.length === all.length && all.length > 1) return 'at every SNR';
  const runs: number[][] = [];
  for (const snr of some) {
    const last = runs.at(-1);
    if (last && all.indexOf(snr) === all.indexOf(last.at(-1)!) + 1) last.push(snr);
    else runs.push([snr]);
  }
  const parts = runs.flatMap((run) =>
    run.length > 2 ? [`${text(run[0])}–${text(run.at(-1)!)}`] : run.map(text),
  );
  return `at SNR ${wordList(parts)}`;
}

/** `a, b and c`. */
export function wordList(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const text = (snr: number): string => numberText(snr, 3);
