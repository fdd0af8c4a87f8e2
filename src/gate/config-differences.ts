import type { Json } from '../contracts/experiment.ts';
import { differingPaths } from '../wording/differing-paths.ts';

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
export const configDifferences = (accepted: Json | undefined, found: Json | undefined): ConfigDifference[] =>
  differingPaths(accepted, found)
    .filter(({ path }) => !ASIDE.includes(path[0]))
    .map(({ path, before, after }) => ({
      path: path.join('.'),
      accepted: before as Json | undefined,
      found: after as Json | undefined,
    }));
