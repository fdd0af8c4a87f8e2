import type { Json } from '../contracts/experiment.ts';

/** A key in which two configs differ; `undefined` if it is missing in one of them. */
export interface ConfigDifference {
  /** `data.seeds.noise` */
  readonly path: string;
  readonly accepted: Json | undefined;
  readonly found: Json | undefined;
}

/** Keys that affect no gated value: title and intervals. */
const ASIDE = ['title', 'statistics'];

/** Compares two configs key by key; lists are compared as a whole. */
export function configDifferences(
  accepted: Json | undefined,
  found: Json | undefined,
  path: readonly string[] = [],
): ConfigDifference[] {
  if (JSON.stringify(accepted) === JSON.stringify(found)) return [];
  if (!isMapping(accepted) || !isMapping(found)) return [{ path: path.join('.'), accepted, found }];
  return [...new Set([...Object.keys(accepted), ...Object.keys(found)])]
    .filter((key) => path.length > 0 || !ASIDE.includes(key))
    .flatMap((key) => configDifferences(accepted[key], found[key], [...path, key]));
}

const isMapping = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
