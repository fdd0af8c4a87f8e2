import { join } from 'node:path';
import type { Study } from '../contracts/study.ts';
import { carryOutCells } from './carry-out-cells.ts';
import { CellStore } from './cell-store.ts';
import { planCells } from './plan-cells.ts';
import { duration } from './progress/progress.ts';
import { RunJournal } from './run-journal.ts';
import { openRunFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import { RunTally } from './run-tally.ts';
import { selectFitters } from './select-fitters.ts';
import { CELLS_FOLDER, readStoredRun } from './stored-run.ts';
import { thisMachine } from './machine.ts';

export interface RunOptions {
  /** Folder the run is left in. */
  readonly out: string;
  /** Names of the fitters to run; all where absent. */
  readonly only?: readonly string[];
  /** Forget what is stored and do everything again. */
  readonly fresh?: boolean;
  /** Worker threads; as many as there are cores where absent. */
  readonly workers?: number;
  /** No progress, only what went wrong. */
  readonly quiet?: boolean;
}

export interface RunOutcome {
  readonly dir: string;
  readonly manifest: RunRecord;
  /** What the process should exit with: 0 done, 1 something failed, 130 interrupted. */
  readonly exitCode: 0 | 1 | 130;
}

/**
 * Carries a study out into a folder: plans its cells, does those that are not stored yet in worker threads,
 * and leaves `run.json`, `cells/`, tables, figures and report. Progress and failures go to standard error.
 * @throws InputError before any work where the folder can't be written or `only` names no fitter of the study
 */
export async function runStudy(wanted: Study, options: RunOptions): Promise<RunOutcome> {
  const study = selectFitters(wanted, options.only);
  const planned = await planCells(study);
  const dir = openRunFolder(options.out);
  const machine = thisMachine();
  const workers = options.workers ?? machine.cores;
  const tell = (line: string) => void (options.quiet || process.stderr.write(`${line}\n`));

  const store = new CellStore(join(dir, CELLS_FOLDER));
  await store.removeParts();
  const tally = new RunTally(planned);
  const journal = await RunJournal.begin({ dir, study, machine, workers, tally });
  const { interrupted } = await carryOutCells({
    study,
    planned,
    store,
    storeDir: join(dir, CELLS_FOLDER),
    writer: journal.writer,
    tally,
    workers,
    fresh: options.fresh ?? false,
    quiet: options.quiet ?? false,
  });

  for (const { id, message } of tally.failures) process.stderr.write(`failed: ${id}: ${message}\n`);
  if (interrupted) {
    const manifest = await journal.write('interrupted');
    process.stderr.write(
      `interrupted: ${tally.count('done')} of ${planned.length} cells are kept in ${dir}; the same command goes on from there\n`,
    );
    return { dir, manifest, exitCode: 130 };
  }
  let manifest = await journal.write(tally.failures.length > 0 ? 'failed' : 'done');
  const problem = await report(dir);
  if (problem !== null) {
    process.stderr.write(`failed: report: ${problem}\n`);
    manifest = await journal.write('failed');
  }
  const took = duration((Date.parse(manifest.ended!) - Date.parse(manifest.started)) / 1000);
  const reused = tally.reusedCount > 0 ? `, ${tally.reusedCount} of them by an earlier run` : '';
  tell(
    `${tally.count('done')} of ${planned.length} cells done in ${took}${reused}: ${join(dir, 'report.html')}`,
  );
  return { dir, manifest, exitCode: manifest.status === 'done' ? 0 : 1 };
}

/** Null, or why tables, figures and report are not complete. */
async function report(dir: string): Promise<string | null> {
  // Vega is loaded when it is needed, and not before the workers have left the memory to it.
  const { writeReport } = await import('../report/write.ts');
  try {
    await writeReport(await readStoredRun(dir), dir);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
