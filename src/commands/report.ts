import { loadConfig } from '../config/load-config.ts';
import { writeReport } from '../report/write.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';

export interface ReportOptions {
  /** Config whose own tables and figures are shown as well. Code named by a run folder alone is never loaded. */
  readonly config?: string;
}

/** Writes tables, figures and report of a stored run again, and prints where the report is. */
export async function report(folder: string, { config }: ReportOptions = {}): Promise<number> {
  const views = config === undefined ? undefined : (await loadConfig(config)).views;
  const run = await storedRunWithHistory(folder);
  const { planned, lost = [] } = run.manifest.cells;
  if (lost.length > 0) {
    process.stderr.write(
      `note: the stored results of ${lost.length} of ${planned} cells can't be read: ${lost.join(', ')}; ` +
        'the report omits them; start the same run again to repeat them\n',
    );
  }
  await writeReport(run, folder, views);
  process.stdout.write(`${folder}/report.html\n`);
  return 0;
}
