import type { RunOutcome } from './run-study.ts';
import type { StudyRemarks } from '../contracts/experiment.ts';

/** Prints where the report of a run is, or, for programs, what became of the run. */
export function printSummary(
  { dir, manifest, exitCode }: RunOutcome,
  json: boolean,
  remarks?: StudyRemarks,
): void {
  const { cells, started, ended } = manifest;
  const summary = { folder: dir, exitCode, cells, started, ended, ...remarks };
  if (json) process.stdout.write(JSON.stringify(summary, null, 2) + '\n');
  else if (exitCode !== 130) process.stdout.write(`${dir}/report.html\n`);
}
