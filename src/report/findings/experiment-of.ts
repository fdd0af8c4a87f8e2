import type { StoredRun } from '../../contracts/stored-run.ts';
import { configOf } from '../../tables/reading/config-of.ts';

/**
 * The part of a run that is of one experiment: the run itself, or, where it puts several experiments together, the rows of
 * this one and the config it had. Undefined where there is none.
 */
export function experimentOf(run: StoredRun, experiment: string): StoredRun | undefined {
  const { manifest } = run;
  if (manifest.experiment === experiment) return run;
  const rows = run.rows.filter((row) => row.experiment === experiment);
  if (rows.length === 0) return undefined;
  return { ...run, rows, manifest: { ...manifest, experiment, config: configOf(manifest, experiment) } };
}
