import type { RunManifest } from '../contracts/stored-run.ts';
import type { Study } from '../contracts/study.ts';

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
  readonly manifest: RunManifest;
  /** What the process should exit with: 0 done, 1 cells failed, 130 interrupted. */
  readonly exitCode: 0 | 1 | 130;
}

/**
 * Carries a study out into a folder: plans its cells, does those that are not stored yet in worker threads,
 * and leaves `run.json`, `cells/`, tables, figures and report.
 * @throws InputError before any work where the folder can't be written or `only` names no fitter of the study
 */
export async function runStudy(study: Study, options: RunOptions): Promise<RunOutcome> {
  throw new Error(`not yet: ${study.title} into ${options.out}`);
}
