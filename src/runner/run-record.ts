import type { RunManifest } from '../contracts/stored-run.ts';
import type { Shard } from './shard.ts';

/** What became of one planned cell. */
export interface CellRecord {
  readonly id: string;
  readonly key: string;
  /** Ids of the cells it is made from; absent where there are none. */
  readonly needs?: readonly string[];
  /** True where it measured time: its times belong with those of what it needs. */
  readonly timing?: boolean;
  readonly state: 'waiting' | 'done' | 'failed';
  /** True where an earlier run had done it. */
  readonly reused?: boolean;
  /** True where another machine, or other versions, had done it: its times are not those of this run and are left out. */
  readonly untimed?: boolean;
  /** Time it took, in whichever run did it. */
  readonly seconds?: number;
}

/** `run.json`: the manifest, and where each cell's result is stored. */
export interface RunRecord extends RunManifest {
  readonly status: 'running' | 'done' | 'failed' | 'interrupted';
  /** Fitter to what computed it, as its preparation told. */
  readonly backends: Readonly<Record<string, string>>;
  readonly cellList: readonly CellRecord[];
  /** Which part of a run this is, and how many cells the whole one has; absent where it is the whole one. */
  readonly shard?: Shard & { readonly planned: number };
  /** Where the parts of a merged run were done; absent where it is not merged. */
  readonly merged?: readonly MergedPart[];
}

export type MergedPart = Pick<
  RunRecord,
  'shard' | 'machine' | 'workers' | 'versions' | 'git' | 'started' | 'ended'
>;

export const RUN_FILE = 'run.json';
