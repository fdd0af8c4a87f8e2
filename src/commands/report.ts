import { loadConfig } from '../config/load-config.ts';
import { writeReport } from '../report/write.ts';
import { markReported } from '../runner/mark-reported.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';
import { missingResults, sayMissing } from './missing-results.ts';
import { printResult } from '../terminal/print.ts';

export interface ReportOptions {
  /** Config whose own tables and figures are included. Code that only a run folder refers to is never loaded. */
  readonly config?: string;
  /** Whether the code that the config names may be loaded; true by default. */
  readonly allowExternal?: boolean;
  /** Whether results may be missing: then they are noted, and are no failure. */
  readonly allowIncomplete?: boolean;
}

/**
 * Rewrites the tables, figures and report of a stored run, and prints the path of the report.
 * @returns the exit code: 0 done, 1 results are missing from the report
 */
export async function report(
  folder: string,
  { config, allowExternal = true, allowIncomplete }: ReportOptions = {},
): Promise<number> {
  const views =
    config === undefined ? undefined : (await loadConfig(config, { allowCode: allowExternal })).views;
  const { run } = await storedRunWithHistory(folder);
  const missing = missingResults(run.manifest.cells);
  const exitCode = sayMissing(
    missing.map((what) => `${what}; the report omits what is missing`),
    { allowIncomplete },
  );
  await writeReport(run, folder, views);
  if (missing.length === 0) await markReported(folder, 'done');
  printResult(`${folder}/report.html`);
  return exitCode;
}
