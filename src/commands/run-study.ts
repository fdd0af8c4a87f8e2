import type { Study } from '../contracts/study.ts';
import { ENGINE } from '../nets/choose-engine.ts';
import { runCells, type RunOptions } from '../runner/run-cells.ts';
import type { RunTally } from '../runner/run-tally.ts';
import type { RunRecord } from '../runner/run-record.ts';
import { readRunRecord } from '../runner/stored-run.ts';
import { endWhenInterrupted, exitCodeOf } from '../terminal/interruption.ts';
import { printMessage } from '../terminal/print.ts';
import { counted, oneOrMore } from '../wording/counted.ts';
import { duration } from '../wording/duration.ts';
import { outputsAreCurrent } from './outputs-record.ts';
import { writeOutputs, type Outputs } from './write-outputs.ts';

export type { RunOptions } from '../runner/run-cells.ts';

export interface RunOutcome {
  readonly dir: string;
  readonly manifest: RunRecord;
  /** Exit code of the process: 0 done, 1 something failed, 130 or 143 interrupted by SIGINT or SIGTERM. */
  readonly exitCode: 0 | 1 | 130 | 143;
}

/**
 * Runs a study in a folder: plans its cells, runs those that are not stored yet in worker threads, and writes `run.json`,
 * `cells/`, tables, figures and report. Progress and failures go to standard error.
 * @throws InputError before any work if the folder is not writable or `only` names no fitter of the study
 */
export async function runStudy(study: Study, options: RunOptions): Promise<RunOutcome> {
  const began = performance.now();
  const { dir, journal, tally, interrupted, unchanged } = await runCells(study, {
    ...options,
    reportFollows: true,
  });
  tellFailures(tally.failures);
  const { planned, done } = journal.record.cells;
  if (interrupted !== null) {
    const again = `run the same command again${options.fresh ? ' without --fresh' : ''} to resume`;
    tell(
      `interrupted: ${done} of ${counted(planned, 'cell')} ${oneOrMore(done, 'is', 'are')} kept in ${dir}; ${again}`,
    );
    return { dir, manifest: journal.record, exitCode: exitCodeOf(interrupted) };
  }
  const took = () => duration((performance.now() - began) / 1000);
  if (unchanged !== undefined && (await outputsAreCurrent(dir, { results: unchanged, own: study.views }))) {
    if (!options.quiet)
      tell(`all of ${counted(planned, 'cell')} and the report are there already, in ${took()}`);
    return { dir, manifest: journal.record, exitCode: 0 };
  }
  const release = endWhenInterrupted(
    () => `the cells are kept in ${dir}; run the same command again for the report`,
  );
  const { problem, notes } = await writeOutputs(dir, study.views).finally(release);
  if (!options.quiet) tellNotes(notes);
  if (problem !== null) tell(`failed: report: ${problem}`);
  if (!options.quiet) {
    const earlier = tally.reusedCount > 0 ? ` (${tally.reusedCount} by an earlier run)` : '';
    tell(
      `${done} of ${counted(planned, 'cell')} done${earlier}, report ${problem === null ? 'written' : 'not complete'}, in ${took()}`,
    );
  }
  const manifest = await readRunRecord(dir);
  return { dir, manifest, exitCode: problem === null && manifest.status === 'done' ? 0 : 1 };
}

/** Prints the failures; of cells that could not run because of them, only how many they are. */
function tellFailures(failures: RunTally['failures']): void {
  for (const { id, message, stack } of failures.filter(({ passedOn }) => !passedOn)) {
    tell(`failed: ${id}: ${message}`);
    if (process.env['IVIM_BENCH_DEBUG'] && stack !== undefined) stack.split('\n').forEach(tell);
  }
  const dependent = failures.filter(({ passedOn }) => passedOn).length;
  if (dependent > 0) {
    tell(
      `failed: ${counted(dependent, 'cell')} more that ${oneOrMore(dependent, 'needs', 'need')} one of these`,
    );
  }
}

const TOLD = 5;

/** Prints notes on fits and on the data; the report has all of them. */
function tellNotes(notes: Outputs['notes']): void {
  const lines = notes
    .flatMap(({ cell, notes }) => notes.map((note) => ({ cell, note })))
    .filter(({ cell, note }) => /^(fit|read) /.test(cell) || note.startsWith(ENGINE))
    .map(({ cell, note }) => `note: ${cell}: ${note}`);
  lines.slice(0, TOLD).forEach(tell);
  if (lines.length > TOLD) tell(`note: and ${lines.length - TOLD} more, see the report`);
}

const tell = printMessage;
