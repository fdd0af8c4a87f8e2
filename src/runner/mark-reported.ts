import { join } from 'node:path';
import { writeWhole } from '../files/write-whole.ts';
import { RUN_FILE } from './run-record.ts';
import { readRunRecord } from './stored-run.ts';

/** Records whether the report of a run whose cells are all done could be written. Other runs keep their status. */
export async function markReported(dir: string, status: 'done' | 'failed'): Promise<void> {
  const record = await readRunRecord(dir);
  if (record.status !== 'reporting') return;
  await writeWhole(join(dir, RUN_FILE), JSON.stringify({ ...record, status }, null, 2) + '\n');
}
