import { join } from 'node:path';
import type { StudyRemarks } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { permitPrograms } from '../external/permission.ts';
import type { StopSignal } from '../terminal/interruption.ts';
import { executeCells } from './execute-cells.ts';
import { CellStore } from './cell-store.ts';
import { configRecord } from './config-record.ts';
import { hashOf } from './hash.ts';
import { thisMachine } from './machine.ts';
import { planCells, type PlannedCell } from './plan-cells.ts';
import { writePlanRecord } from './plan-record.ts';
import { openRunFolder } from './run-folder.ts';
import { outstandingCells } from './outstanding-cells.ts';
import { lockRun } from './run-lock.ts';
import { RunJournal } from './run-journal.ts';
import { RunTally } from './run-tally.ts';
import { selectFitters } from './select-fitters.ts';
import { cellsOfShard, type Shard } from './shard.ts';
import { CELLS_FOLDER } from './stored-run.ts';

export interface RunOptions {
  /** Folder for the results. */
  readonly out: string;
  /** Names of the fitters to run; absent: all. */
  readonly only?: readonly string[];
  /** Ignore stored results and run everything again. */
  readonly fresh?: boolean;
  /** Worker threads; absent: one per core. */
  readonly workers?: number;
  /** Print no progress, only problems. */
  readonly quiet?: boolean;
  /** Allow the study to start external programs as fitters. */
  readonly allowExternal?: boolean;
  /** A report is written next: until then the run is not `done` but `reporting`. */
  readonly reportFollows?: boolean;
  /** Run only one part of the cells, with the cells they need. */
  readonly shard?: Shard;
  /** What a person should know of the study's input: kept in `run.json` and shown in the report. */
  readonly remarks?: StudyRemarks;
}

/** The cells that a run would process. */
export interface RunPlan {
  /** The study with the selected fitters only. */
  readonly study: Study;
  readonly planned: readonly PlannedCell[];
  /** The cells of the whole run, if this is a shard: their number, and the hash of their keys. */
  readonly whole: { readonly planned: number; readonly plan: string };
}

/**
 * Plans a run without running any of it.
 * @throws InputError if `only` names no fitter of the study, or its sections are inconsistent
 */
export async function planRun(
  wanted: Study,
  { only, shard }: Pick<RunOptions, 'only' | 'shard'>,
): Promise<RunPlan> {
  const study = selectFitters(wanted, only);
  const all = await planCells(study);
  const whole = {
    planned: all.length,
    plan: hashOf(Object.fromEntries(all.map(({ cell, key }) => [cell.id, key]))),
  };
  return { study, planned: shard ? cellsOfShard(all, shard) : all, whole };
}

/** A run whose cells have been processed. */
export interface CellsRun {
  readonly dir: string;
  readonly journal: RunJournal;
  readonly tally: RunTally;
  /** The signal that stopped the run; null if it was not interrupted. */
  readonly interrupted: StopSignal | null;
  /** Digest of the stored results of a run that had nothing to do and whose record stays as it was; else absent. */
  readonly unchanged?: string;
}

/**
 * Runs the cells of a study that are not stored yet, and keeps `run.json` up to date.
 * @throws InputError before any work if the folder is not writable, if `only` names no fitter of the study, or if the study
 * starts external programs without permission
 */
export async function runCells(wanted: Study, options: RunOptions): Promise<CellsRun> {
  permitPrograms(selectFitters(wanted, options.only), options.allowExternal ?? false);
  const { study, planned, whole } = await planRun(wanted, options);
  const dir = openRunFolder(options.out);
  const unlock = lockRun(dir, hashOf(configRecord(study)));
  try {
    return await runIn(dir, { study, planned, whole }, options);
  } finally {
    unlock();
  }
}

async function runIn(
  dir: string,
  { study, planned, whole }: RunPlan,
  options: RunOptions,
): Promise<CellsRun> {
  const machine = thisMachine();
  const workers = options.workers ?? machine.cores;
  const store = new CellStore(join(dir, CELLS_FOLDER));
  await store.removeParts();
  const tally = new RunTally(planned);
  const journal = await RunJournal.open({
    dir,
    study,
    machine,
    workers,
    tally,
    ...(options.shard ? { shard: { ...options.shard, ...whole } } : {}),
    ...(options.remarks ? { remarks: options.remarks } : {}),
  });
  const { writer } = journal;
  const fresh = options.fresh ?? false;
  const { todo, results } = await outstandingCells(planned, { store, tally, writer, fresh });
  if (todo.length === 0 && (await journal.keepsRecord())) {
    return { dir, journal, tally, interrupted: null, unchanged: results };
  }
  await writePlanRecord(dir, planned);
  await journal.write('running');
  const { interrupted } = await executeCells({
    study,
    planned: planned.length,
    todo,
    store,
    writer,
    tally,
    workers,
    fresh,
    quiet: options.quiet ?? false,
  });
  const complete = options.reportFollows ? 'reporting' : 'done';
  await journal.write(interrupted ? 'interrupted' : tally.failures.length > 0 ? 'failed' : complete);
  return { dir, journal, tally, interrupted };
}
