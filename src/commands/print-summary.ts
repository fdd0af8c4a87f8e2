import type { RunOutcome } from './run-study.ts';
import type { StudyRemarks } from '../contracts/experiment.ts';
import { printJson, printResult } from '../terminal/print.ts';

/** Prints the path of a run's report, or, with `--json`, a summary of the run. */
export function printSummary(
  { dir, manifest, exitCode }: RunOutcome,
  json: boolean,
  remarks?: StudyRemarks,
): void {
  const { cells, started, ended } = manifest;
  const summary = { folder: dir, exitCode, cells, started, ended, ...remarks };
  if (json) printJson(summary);
  else if (exitCode < 2) printResult(`${dir}/report.html`);
}
