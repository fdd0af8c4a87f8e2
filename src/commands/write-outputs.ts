import type { StoredRun } from '../contracts/stored-run.ts';
import type { OwnViews } from '../contracts/study.ts';
import { publishFiles } from '../runner/publish-files.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';

export interface Outputs {
  /** Why they are not complete; null where they are. */
  readonly problem: string | null;
  /** What cells noted. */
  readonly notes: StoredRun['notes'];
}

/** Writes what people read of the run in `dir`, from what is stored there: its published files, tables, figures, report. */
export async function writeOutputs(dir: string, own?: OwnViews): Promise<Outputs> {
  // Vega is loaded when it is needed, and not before the workers have left the memory to it.
  const { writeReport } = await import('../report/write.ts');
  let notes: StoredRun['notes'] = [];
  try {
    await publishFiles(dir);
    const run = await storedRunWithHistory(dir);
    notes = run.notes;
    await writeReport(run, dir, own);
    return { problem: null, notes };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), notes };
  }
}
