import { compareErrors } from '../gate/paired/compare-errors.ts';
import { pairedText } from '../gate/format/paired-text.ts';
import { pairedErrors } from './paired-errors.ts';

export interface CompareOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Probability of calling one or more better where none is. */
const LEVEL = 0.05;

/** Prints which of two runs has the smaller errors on the voxels they share, and how sure that is. */
export async function compare(first: string, second: string, words: CompareOptions): Promise<number> {
  const { errors, alone } = await pairedErrors([first, second]);
  if (alone.length > 0) process.stderr.write(`note: not everywhere in both runs: ${alone.join(', ')}\n`);
  const verdicts = compareErrors(errors, { ...words, level: LEVEL });
  const json = () => JSON.stringify({ first, second, level: LEVEL, verdicts }, null, 2) + '\n';
  const text = () => `first: ${first}\nsecond: ${second}\n\n${pairedText(verdicts, LEVEL)}`;
  process.stdout.write(words.json ? json() : text());
  return 0;
}
