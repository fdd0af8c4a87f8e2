import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { withRepeats } from '../config/with-repeats.ts';
import type { Study } from '../contracts/study.ts';
import { undoAtExit } from '../files/undo-at-exit.ts';
import type { GatedRun } from '../gate/accept.ts';
import { readStoredRun } from '../runner/stored-run.ts';
import { studyRemarks } from './study-remarks.ts';
import { runCells, type RunOptions } from '../runner/run-cells.ts';
import type { StopSignal } from '../terminal/interruption.ts';

export interface StudyOptions {
  readonly allowExternal?: boolean;
  readonly set: readonly string[];
  /** Fitters with `repeats` are trained from at least this many seeds. */
  readonly seeds?: number;
}

export interface RerunOptions extends Pick<RunOptions, 'only' | 'workers' | 'quiet' | 'allowExternal'> {
  /** Folder for the results; absent: a temporary one. */
  readonly out?: string;
}

/** Loads the study of a config, with all of its fitters. */
export async function studyForGate(
  config: string,
  { set, seeds = 0, allowExternal = false }: StudyOptions,
): Promise<Study> {
  return withSeeds(await loadConfig(config, { set, allowCode: allowExternal }), seeds);
}

/** Runs a study for the gate, or returns the signal that interrupted it. */
export async function runForGate(study: Study, words: RerunOptions): Promise<GatedRun | StopSignal> {
  const { out, ...options } = words;
  const dir = out ?? mkdtempSync(join(tmpdir(), 'ivim-bench-check-'));
  const discard = () => {
    if (out === undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  const release = undoAtExit(discard);
  try {
    // Stored results are ignored: their keys can only cover known dependencies, and a gate has to compute.
    const { interrupted } = await runCells(study, {
      ...options,
      out: dir,
      fresh: true,
      reportFollows: out !== undefined,
      remarks: await studyRemarks(study),
    });
    return interrupted ?? (await readStoredRun(dir));
  } finally {
    discard();
    release();
  }
}

/** Returns the study with more repeats of the fitters that have some. */
function withSeeds(study: Study, seeds: number): Study {
  const entries = study.config.fitters ?? [];
  const count = (of: string) => entries.filter(({ repeat }) => repeat?.of === of).length;
  const fitters = entries.flatMap(({ repeat, ...entry }) => {
    if (!repeat) return [entry];
    if (repeat.number > 1) return [];
    return withRepeats({ ...entry, name: repeat.of }, Math.max(seeds, count(repeat.of)));
  });
  return { ...study, config: { ...study.config, ...(study.config.fitters ? { fitters } : {}) } };
}
