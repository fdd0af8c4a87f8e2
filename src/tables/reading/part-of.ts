import type { StoredRun } from '../../contracts/stored-run.ts';
import { configOf } from './config-of.ts';

/**
 * Returns the part of a run that belongs to one experiment: the run itself or, if it combines several experiments, the rows, the
 * pictures and the config of this one. Undefined if there is none.
 */
export function partOf(run: StoredRun, experiment: string): StoredRun | undefined {
  const { manifest } = run;
  if (manifest.experiment === experiment) return run;
  const rows = run.rows.filter((row) => row.experiment === experiment);
  if (rows.length === 0) return undefined;
  const pictures = run.pictures?.filter((picture) => picture.experiment === experiment);
  return {
    ...run,
    rows,
    ...(pictures ? { pictures } : {}),
    manifest: { ...manifest, experiment, config: configOf(manifest, experiment) },
  };
}
