import { compareErrors } from '../gate/paired/compare-errors.ts';
import { pairedText } from '../gate/format/paired-text.ts';
import { pauser } from '../nets/pauser.ts';
import { sayMissing } from './missing-results.ts';
import { pairedErrors } from './paired-errors.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';

export interface CompareOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly json?: boolean;
  /** Whether the runs may be incomplete: then it is noted, and is no failure. */
  readonly allowIncomplete?: boolean;
}

/** Probability of declaring at least one difference if there is none. */
const LEVEL = 0.05;

/**
 * Reports which of two runs has the smaller errors on the voxels they share, and how significant the difference is.
 * @returns the exit code: 0 done, 1 one of the runs is incomplete
 */
export async function compare(first: string, second: string, words: CompareOptions): Promise<number> {
  const { errors, alone, missing } = await pairedErrors([first, second]);
  if (alone.length > 0) printMessage(`note: not everywhere in both runs: ${alone.join(', ')}`);
  const exitCode = sayMissing(missing, words);
  const verdicts = await compareErrors(errors, { ...words, level: LEVEL, pause: pauser() });
  if (words.json) printJson({ first, second, level: LEVEL, verdicts });
  else printResult(`first: ${first}\nsecond: ${second}\n\n${pairedText(verdicts, LEVEL)}`);
  return exitCode;
}
