import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredRun } from '../contracts/stored-run.ts';
import { decodeHistory } from '../gate/history.ts';
import { namingFile } from './naming-file.ts';
import { readStoredRun } from '../runner/stored-run.ts';

/** Where the gate leaves the accepted runs in a run's folder, for its report. */
export const HISTORY_FILE = 'history.jsonl';

/** A run as its report shows it: with the accepted runs before it, where the gate made it. */
export async function storedRunWithHistory(dir: string): Promise<StoredRun> {
  const run = await readStoredRun(dir);
  const file = join(dir, HISTORY_FILE);
  if (!existsSync(file)) return run;
  const text = await readFile(file, 'utf8');
  return { ...run, history: namingFile(file, () => decodeHistory(text)) };
}
