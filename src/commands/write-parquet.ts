import { join } from 'node:path';
import { writeWhole } from '../files/write-whole.ts';
import { loadTable } from '../plugins/discover.ts';
import { readStoredRun } from '../runner/stored-run.ts';
import { toParquet } from '../tables/writing/parquet.ts';

/** Writes the rows of the run stored in `dir` as `tables/metrics.parquet`, beside the CSV of the same content. */
export async function writeParquet(dir: string): Promise<void> {
  const { rows, manifest } = await readStoredRun(dir);
  const content = (await loadTable('metrics')).value.build(rows, manifest);
  if (content) await writeWhole(join(dir, 'tables', 'metrics.parquet'), toParquet(content));
}
