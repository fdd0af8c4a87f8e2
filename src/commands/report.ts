import { writeReport } from '../report/write.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';

/** Writes tables, figures and report of a stored run again, and prints where the report is. */
export async function report(folder: string): Promise<number> {
  const run = await storedRunWithHistory(folder);
  const { planned, lost = [] } = run.manifest.cells;
  if (lost.length > 0) {
    process.stderr.write(
      `note: the stored results of ${lost.length} of ${planned} cells can't be read: ${lost.join(', ')}; ` +
        'the report does without them, and the same run started again does them anew\n',
    );
  }
  await writeReport(run, folder);
  process.stdout.write(`${folder}/report.html\n`);
  return 0;
}
