import type { ZodType } from 'zod';
import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The smallest unit of work that can be done, stored and repeated alone. Plain data: it travels to workers. */
export interface Cell {
  /** Readable and unique within a run: `fit ls snr=20`. */
  readonly id: string;
  /** The experiment's word for what is done: `prepare`, `fit`, `time`, … */
  readonly task: string;
  /** What the task needs to know. */
  readonly input: Json;
  /** Everything that decides the result, as plain data; hashed, with the keys of `needs`, into the cell's key. */
  readonly decides: unknown;
  /** Ids of the cells whose stored results this one reads. */
  readonly needs: readonly string[];
  /** Runs with nothing beside it, after all others, and is never taken from a store another machine filled: timing. */
  readonly alone?: boolean;
}

/** What a cell leaves: rows for the tables, and files other cells or people read. */
export interface CellResult {
  readonly rows: readonly Row[];
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** What figures draw beside rows. */
  readonly pictures?: readonly Picture[];
  /** Files for people: their place in the run's folder, as in `maps/sub-01/D.nii.gz`, to their name in `files`. */
  readonly publishes?: ReadonlyMap<string, string>;
  /** Facts worth a line in the report. */
  readonly notes?: readonly string[];
  /** Facts for `run.json`: the seed that was used, what computed (`backend`) and why (`backendReason`). */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What `plan` may ask. */
export interface PlanContext {
  /** Hash of a module's source and of everything it imports from this project. */
  codeVersion(module: URL): string;
}

/** What `run` may ask. */
export interface RunContext {
  /** Name of the processor, for rows of times. */
  readonly cpu: string;
  /** A file that one of the cell's `needs` left. */
  read(cellId: string, file: string): Promise<Uint8Array>;
  /** All files that one of the cell's `needs` left. */
  files(cellId: string): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Makes a folder, empty and this cell's own, that is kept with its result; it has its final place only then. */
  folder(): Promise<string>;
  /** The folder that one of the cell's `needs` made, to be read. */
  folderOf(cellId: string): string;
  /** Told how far a long cell is, 0..1. */
  readonly onProgress: (done: number, message: string) => void;
}

/**
 * A question with its data, factors and statistics. One file in `experiments/`, its default export, named after
 * the file. It composes rooms and computes nothing itself.
 */
export interface Experiment<C = unknown> {
  readonly label: string;
  /** The question it answers, in a sentence. */
  readonly question: string;
  /** The YAML it reads, with defaults: a strict object. */
  readonly schema: ZodType<C>;
  /** Lists the cells without doing any work, so that shards can be dealt out. */
  plan(config: C, context: PlanContext): Promise<readonly Cell[]>;
  run(cell: Cell, config: C, context: RunContext): Promise<CellResult>;
}
