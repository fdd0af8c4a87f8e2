import { join } from 'node:path';
import type { StudyRemarks } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { permitPrograms } from '../external/permission.ts';
import type { StopSignal } from '../terminal/interruption.ts';
import { carryOutCells } from './carry-out-cells.ts';
import { CellStore } from './cell-store.ts';
import { thisMachine } from './machine.ts';
import { planCells, type PlannedCell } from './plan-cells.ts';
import { writePlanRecord } from './plan-record.ts';
import { openRunFolder } from './run-folder.ts';
import { RunJournal } from './run-journal.ts';
import { RunTally } from './run-tally.ts';
import { selectFitters } from './select-fitters.ts';
import { cellsOfShard, type Shard } from './shard.ts';
import { CELLS_FOLDER } from './stored-run.ts';

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
  /** Lets the study start the programs it names as fitters. */
  readonly allowExternal?: boolean;
  /** Does one part of the cells alone, with what it needs. */
  readonly shard?: Shard;
  /** What a person should know of the study's input: kept in `run.json` and shown in the report. */
  readonly remarks?: StudyRemarks;
}

/** The cells that a run would go through. */
export interface RunPlan {
  /** With the fitters that were asked for alone. */
  readonly study: Study;
  readonly planned: readonly PlannedCell[];
  /** Cells of the whole run, where this is a shard of it. */
  readonly total: number;
}

/**
 * Plans a run without doing any of it.
 * @throws InputError where `only` names no fitter of the study, or its sections do not fit together
 */
export async function planRun(
  wanted: Study,
  { only, shard }: Pick<RunOptions, 'only' | 'shard'>,
): Promise<RunPlan> {
  const study = selectFitters(wanted, only);
  const all = await planCells(study);
  return { study, planned: shard ? cellsOfShard(all, shard) : all, total: all.length };
}

/** A run whose cells have been gone through. */
export interface CellsRun {
  readonly dir: string;
  readonly journal: RunJournal;
  readonly tally: RunTally;
  /** The signal that stopped it; null where it came to its end. */
  readonly interrupted: StopSignal | null;
}

/**
 * Does the cells of a study that are not stored yet, and keeps `run.json` beside them.
 * @throws InputError before any work where the folder can't be written or `only` names no fitter of the study, or where the study
 * starts programs and may not
 */
export async function runCells(wanted: Study, options: RunOptions): Promise<CellsRun> {
  permitPrograms(selectFitters(wanted, options.only), options.allowExternal ?? false);
  const { study, planned, total } = await planRun(wanted, options);
  const dir = openRunFolder(options.out);
  const machine = thisMachine();
  const workers = options.workers ?? machine.cores;
  const store = new CellStore(join(dir, CELLS_FOLDER));
  await store.removeParts();
  await writePlanRecord(dir, planned);
  const tally = new RunTally(planned);
  const journal = await RunJournal.begin({
    dir,
    study,
    machine,
    workers,
    tally,
    ...(options.shard ? { shard: { ...options.shard, planned: total } } : {}),
    ...(options.remarks ? { remarks: options.remarks } : {}),
  });
  const { interrupted } = await carryOutCells({
    study,
    planned,
    store,
    writer: journal.writer,
    tally,
    workers,
    fresh: options.fresh ?? false,
    quiet: options.quiet ?? false,
  });
  await journal.write(interrupted ? 'interrupted' : tally.failures.length > 0 ? 'failed' : 'done');
  return { dir, journal, tally, interrupted };
}
