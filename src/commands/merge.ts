import { mergeRuns } from '../runner/merge-runs.ts';
import { readRunRecord } from '../runner/stored-run.ts';
import { printMessage } from '../terminal/print.ts';
import { counted, oneOrMore } from '../wording/counted.ts';
import { printSummary } from './print-summary.ts';
import { writeOutputs } from './write-outputs.ts';

export interface MergeOptions {
  readonly out: string;
  readonly json?: boolean;
}

/**
 * Merges the shards of a run and writes the tables, figures and report.
 * @returns the exit code: 0 done, 1 cells failed or are missing
 */
export async function merge(
  folders: readonly string[],
  { out, json = false }: MergeOptions,
): Promise<number> {
  const { dir, record, unlisted, missing, damaged } = await mergeRuns(folders, out);
  const { planned, done, failed } = record.cells;
  for (const { id, message } of failed) printMessage(`failed: ${id}: ${message}`);
  for (const { dir: from, id, why } of damaged)
    printMessage(`note: ${from}: ${id}: its stored result is damaged (${why}) and was not merged`);
  const waiting = planned - done - failed.length;
  if (waiting > 0) {
    const where =
      unlisted > 0 && missing.length > 0
        ? ` (not given: ${oneOrMore(missing.length, 'shard', 'shards')} ${missing.join(', ')})`
        : '';
    const are = oneOrMore(waiting, 'is', 'are');
    printMessage(`failed: ${waiting} of ${counted(planned, 'cell')} ${are} in none of these folders${where}`);
  }
  const { problem } = await writeOutputs(dir);
  if (problem !== null) printMessage(`failed: report: ${problem}`);
  const manifest = await readRunRecord(dir);
  const exitCode = problem === null && manifest.status === 'done' ? 0 : 1;
  printSummary({ dir, manifest, exitCode }, json);
  return exitCode;
}
