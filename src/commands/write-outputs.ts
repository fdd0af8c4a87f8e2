import type { StoredRun } from '../contracts/stored-run.ts';
import type { OwnViews } from '../contracts/study.ts';
import { markReported } from '../runner/mark-reported.ts';
import { publishFiles } from '../runner/publish-files.ts';
import { missingResults } from './missing-results.ts';
import { recordOutputs } from './outputs-record.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';

export interface Outputs {
  /** Why the outputs are incomplete; null if they are complete. */
  readonly problem: string | null;
  /** Notes of the cells. */
  readonly notes: StoredRun['notes'];
}

/** Writes the published files, tables, figures and report of the run stored in `dir`. */
export async function writeOutputs(dir: string, own?: OwnViews): Promise<Outputs> {
  // Vega is loaded late, when the workers have released their memory.
  const { writeReport } = await import('../report/write.ts');
  let notes: StoredRun['notes'] = [];
  try {
    await publishFiles(dir);
    const { run, results } = await storedRunWithHistory(dir);
    notes = run.notes;
    await writeReport(run, dir, own);
    // Cells that failed have been reported by now; results that were damaged since they were checked have not.
    if (run.manifest.cells.lost) throw new Error(missingResults(run.manifest.cells)[0]);
    await markReported(dir, 'done');
    await recordOutputs(dir, { results, own });
    return { problem: null, notes };
  } catch (error) {
    // On a full disk this fails too, and the run stays one whose report is missing.
    await markReported(dir, 'failed').catch(() => undefined);
    return { problem: error instanceof Error ? error.message : String(error), notes };
  }
}
