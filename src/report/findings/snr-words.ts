import { rangesText } from './ranges-text.ts';

/**
 * Says which of the SNRs of a run are meant: `at every SNR`, `at no SNR`, `at SNR 10–50 and 100`. Both lists ascend, and
 * `some` is part of `all`.
 */
export function snrWords(some: readonly number[], all: readonly number[]): string {
  if (some.length === 0) return 'at no SNR';
  if (some.length === all.length && all.length > 1) return 'at every SNR';
  return `at SNR ${rangesText(some, all)}`;
}
