import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';

/**
 * The config of one experiment of a run: that of the run, or, where the run puts several experiments together, what they share
 * with the section of this one.
 */
export function configOf(
  { experiment, config }: Pick<RunManifest, 'experiment' | 'config'>,
  wanted: string,
): Json {
  if (experiment === wanted) return config;
  const { [wanted]: own, ...shared } = asMapping(config);
  return own === undefined ? config : { ...shared, ...asMapping(own) };
}

const asMapping = (value: Json): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
