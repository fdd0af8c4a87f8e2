import type { RunManifest } from '../contracts/stored-run.ts';

/** What became of one planned cell. */
export interface CellRecord {
  readonly id: string;
  readonly key: string;
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
}

export const RUN_FILE = 'run.json';
