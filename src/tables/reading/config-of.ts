import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';

/**
 * Returns the config of one experiment of a run. If the run combines several experiments, it consists of the shared keys and of
 * the section of this one, which may select some of the fitters.
 */
export function configOf({ config }: Pick<RunManifest, 'config'>, wanted: string): Json {
  if (asMapping(config)['experiment'] === wanted) return config;
  const { [wanted]: own, ...shared } = asMapping(config);
  if (own === undefined) return config;
  const { fitters: names, ...rest } = asMapping(own);
  return {
    ...shared,
    ...rest,
    ...(Array.isArray(names) ? { fitters: chosen(shared['fitters'], names) } : {}),
  };
}

/** Returns the fitters of a section: its own, or those it selects. */
function chosen(all: Json | undefined, names: readonly Json[]): readonly Json[] {
  if (!Array.isArray(all) || names.some((name) => typeof name !== 'string')) return names;
  const nameOf = (fitter: Json): Json => asMapping(fitter)['name'] ?? null;
  return (all as readonly Json[]).filter((fitter) => names.some((name) => name === nameOf(fitter)));
}

const asMapping = (value: Json): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
