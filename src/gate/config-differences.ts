import type { Json } from '../contracts/experiment.ts';

/** A place where two configs differ; `undefined` where one of them has nothing. */
export interface ConfigDifference {
  /** `data.seeds.noise` */
  readonly path: string;
  readonly accepted: Json | undefined;
  readonly found: Json | undefined;
}

/** What decides no figure: heading and intervals. */
const ASIDE = ['title', 'statistics'];

/** Where two configs differ, key by key; lists are compared whole. */
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
