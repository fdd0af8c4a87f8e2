import { writeReport } from '../report/write.ts';
import { readStoredRun } from '../runner/stored-run.ts';

/** Writes tables, figures and report of a stored run again, and prints where the report is. */
export async function report(folder: string): Promise<number> {
  await writeReport(await readStoredRun(folder), folder);
  process.stdout.write(`${folder}/report.html\n`);
  return 0;
}
