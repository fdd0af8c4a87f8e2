import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredRun } from '../contracts/stored-run.ts';
import { LARGEST_TEXT, readInput } from '../files/read-input.ts';
import { decodeHistory } from '../gate/history.ts';
import { namingFile } from './naming-file.ts';
import { readRunAndDigest } from '../runner/stored-run.ts';

/** File in a run's folder where the gate stores the earlier accepted runs, for the report. */
export const HISTORY_FILE = 'history.jsonl';

/** Reads a run for its report, with the earlier accepted runs if the gate made it, and the digest of its results. */
export async function storedRunWithHistory(
  dir: string,
): Promise<{ readonly run: StoredRun; readonly results: string }> {
  const { run, results } = await readRunAndDigest(dir);
  const file = join(dir, HISTORY_FILE);
  if (!existsSync(file)) return { run, results };
  const text = (await readInput(file, LARGEST_TEXT)).toString('utf8');
  return { run: { ...run, history: namingFile(file, () => decodeHistory(text)) }, results };
}
