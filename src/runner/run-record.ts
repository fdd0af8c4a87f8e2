import type { RunManifest } from '../contracts/stored-run.ts';
import type { Shard } from './shard.ts';

/** The outcome of one planned cell. */
export interface CellRecord {
  readonly id: string;
  readonly key: string;
  /** Ids of the cells it reads; absent if there are none. */
  readonly needs?: readonly string[];
  /** True if it measured time: its times belong with those of the cells it needs. */
  readonly timing?: boolean;
  readonly state: 'waiting' | 'done' | 'failed';
  /** True if an earlier run had finished it. */
  readonly reused?: boolean;
  /** True if it was run on another machine or with other versions: its times are not those of this run and are left out. */
  readonly untimed?: boolean;
  /** Running time of the cell, in whichever run it was done. */
  readonly seconds?: number;
}

/** `run.json`: the manifest, and where each cell's result is stored. */
export interface RunRecord extends RunManifest {
  readonly status: 'running' | 'done' | 'failed' | 'interrupted';
  /** Fitter to backend, as reported by its preparation. */
  readonly backends: Readonly<Record<string, string>>;
  readonly cellList: readonly CellRecord[];
  /** Which part of a run this is, and how many cells the whole run has; absent for a whole run. */
  readonly shard?: Shard & { readonly planned: number };
  /** Where the parts of a merged run were computed; absent if it is not merged. */
  readonly merged?: readonly MergedPart[];
}

export type MergedPart = Pick<
  RunRecord,
  'shard' | 'machine' | 'workers' | 'versions' | 'git' | 'started' | 'ended'
>;

export const RUN_FILE = 'run.json';
