import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import type { Shard } from './shard.ts';

const STATUSES = ['running', 'reporting', 'done', 'failed', 'interrupted'] as const;

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
  /** `reporting`: all cells are done, and the tables and the report are being written. */
  readonly status: (typeof STATUSES)[number];
  /** Fitter to backend, as reported by its preparation. */
  readonly backends: Readonly<Record<string, string>>;
  readonly cellList: readonly CellRecord[];
  /** Which part of a run this is, how many cells the whole run has, and the hash of their keys; absent for a whole run. */
  readonly shard?: Shard & { readonly planned: number; readonly plan?: string };
  /** Where the parts of a merged run were computed; absent if it is not merged. */
  readonly merged?: readonly MergedPart[];
}

export type MergedPart = Pick<
  RunRecord,
  'shard' | 'machine' | 'workers' | 'versions' | 'git' | 'started' | 'ended'
>;

export const RUN_FILE = 'run.json';

const Names = z.array(z.string());
const Texts = z.record(z.string(), z.string());
const Git = z.object({ commit: z.string(), dirty: z.boolean() }).nullable().default(null);
const MachineRecord = z
  .object({ cpu: z.string(), cores: z.number(), memoryGiB: z.number(), os: z.string() })
  .default({ cpu: '', cores: 0, memoryGiB: 0, os: '' });
const ShardRecord = z.object({ index: z.int(), of: z.int(), planned: z.int(), plan: z.string().optional() });
const Started = z.string().default('');
const Ended = z.string().nullable().default(null);

/** Entries that later versions may add pass unseen. What a record of an earlier version lacks is filled in. */
const Stored = z.looseObject({
  title: z.string().default(''),
  experiment: z.string().default(''),
  about: z
    .array(
      z.object({ name: z.string(), label: z.string(), question: z.string(), method: z.string().optional() }),
    )
    .optional(),
  fitterLabels: Texts.optional(),
  remarks: z.object({ notes: Names, leftOut: Names }).optional(),
  config: z.json().default({}),
  configHash: z.string().default(''),
  versions: Texts.default({}),
  git: Git,
  machine: MachineRecord,
  arithmetic: z.string().optional(),
  workers: z.number().default(1),
  engine: z.object({ name: z.string(), reason: z.string() }).optional(),
  seeds: z.record(z.string(), z.number()).default({}),
  started: Started,
  ended: Ended,
  status: z.enum(STATUSES).default('done'),
  backends: Texts.default({}),
  cells: z
    .object({
      planned: z.int(),
      done: z.int(),
      failed: z.array(z.object({ id: z.string(), message: z.string() })),
      lost: Names.optional(),
    })
    .optional(),
  damaged: z.array(z.object({ id: z.string(), why: z.string() })).optional(),
  cellList: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      needs: Names.optional(),
      timing: z.boolean().optional(),
      state: z.enum(['waiting', 'done', 'failed']),
      reused: z.boolean().optional(),
      untimed: z.boolean().optional(),
      seconds: z.number().optional(),
    }),
  ),
  shard: ShardRecord.optional(),
  merged: z
    .array(
      z.object({
        shard: ShardRecord.optional(),
        machine: MachineRecord,
        workers: z.number(),
        versions: Texts,
        git: Git,
        started: Started,
        ended: Ended,
      }),
    )
    .optional(),
});

/** @throws InputError naming the file, and the first entry that is wrong, if the text is not the record of a run */
export function decodeRunRecord(text: string, file: string): RunRecord {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not the record of a run: it is not JSON`, { cause: error });
  }
  const found = Stored.safeParse(content);
  if (!found.success) {
    const [{ path, message }] = found.error.issues;
    throw new InputError(`${file} is not the record of a run: ${path.join('.') || 'all of it'}: ${message}`);
  }
  const { cells, ...record } = found.data;
  const done = record.cellList.filter(({ state }) => state === 'done').length;
  return { ...record, cells: cells ?? { planned: record.cellList.length, done, failed: [] } };
}
