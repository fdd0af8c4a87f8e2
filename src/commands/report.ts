import { loadConfig } from '../config/load-config.ts';
import { writeReport } from '../report/write.ts';
import { markReported } from '../runner/mark-reported.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';
import { printMessage, printResult } from '../terminal/print.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

export interface ReportOptions {
  /** Config whose own tables and figures are included. Code that only a run folder refers to is never loaded. */
  readonly config?: string;
  /** Whether the code that the config names may be loaded; true by default. */
  readonly allowExternal?: boolean;
}

/** Rewrites the tables, figures and report of a stored run, and prints the path of the report. */
export async function report(
  folder: string,
  { config, allowExternal = true }: ReportOptions = {},
): Promise<number> {
  const views =
    config === undefined ? undefined : (await loadConfig(config, { allowCode: allowExternal })).views;
  const { run } = await storedRunWithHistory(folder);
  const { planned, lost = [] } = run.manifest.cells;
  if (lost.length > 0) {
    printMessage(
      `note: the stored results of ${lost.length} of ${counted(planned, 'cell')} can't be read: ${lost.join(', ')}; ` +
        `the report omits ${oneOrMore(lost.length, 'it', 'them')}; start the same run again to repeat ${oneOrMore(lost.length, 'it', 'them')}`,
    );
  }
  await writeReport(run, folder, views);
  await markReported(folder, 'done');
  printResult(`${folder}/report.html`);
  return 0;
}
