import type { Json } from '../../contracts/experiment.ts';
import type { StoredRun } from '../../contracts/stored-run.ts';

/**
 * The part of a run that is of one experiment: the run itself, or, where its config puts several experiments together,
 * the rows of this one and the config it had.
 */
export function experimentOf(run: StoredRun, experiment: string): StoredRun | undefined {
  const { manifest, rows } = run;
  if (manifest.experiment === experiment) return run;
  const { [experiment]: own, ...shared } = asMapping(manifest.config);
  if (own === undefined || !rows.some((row) => row.experiment === experiment)) return undefined;
  return {
    ...run,
    rows: rows.filter((row) => row.experiment === experiment),
    manifest: { ...manifest, experiment, config: { ...shared, ...asMapping(own) } },
  };
}

const asMapping = (value: Json): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
