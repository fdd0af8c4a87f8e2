import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';

/**
 * A kind of work: what some of an experiment's cells do, given their input. It gets nothing else that could decide its result, so
 * that a key made from its code and its input covers all of it.
 *
 * @typeParam I the input, plain data; all of it is hashed into the key of the cell
 * @typeParam P places on this machine, which decide no result and are not hashed
 */
export interface Task<I = unknown, P = unknown> {
  /** `import.meta.url` of the module that exports the task. */
  readonly module: string;
  /** The name it is exported under: `prepare`, `fit`, `time`, … */
  readonly name: string;
  run(input: I, context: RunContext<P>): Promise<CellResult>;
}

/** What to plan of a cell besides its task. */
export interface CellPlan<I> {
  /** Readable and unique within a run: `fit ls snr=20`. */
  readonly id: string;
  /**
   * Everything that decides the result, as plain data. An entry called `module` that holds a `file:` URL stands for the code found
   * there: the key covers that code and all it imports, not where it lies.
   */
  readonly input: I;
  /** Cells whose stored results this one reads, by the names it reads them under. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Threads it keeps busy; absent: 1. */
  readonly threads?: number;
  /**
   * Measures time. It runs after all other cells, with nothing beside it, and is never taken from a store that another
   * machine filled.
   */
  readonly timing?: boolean;
}

/** The smallest unit of work that can be done, stored and repeated alone. Plain data: it travels to workers. */
export interface Cell {
  readonly id: string;
  readonly task: Pick<Task, 'module' | 'name'>;
  readonly input: unknown;
  /** Where things that `input` describes are found on this machine. No part of the key. */
  readonly places?: unknown;
  readonly needs: Readonly<Record<string, string>>;
  readonly threads?: number;
  readonly timing?: boolean;
}

/** A cell of a task, its input checked against what the task takes. */
export function cellOf<I, P>(
  { module, name }: Task<I, P>,
  { needs = {}, ...plan }: CellPlan<I> & (unknown extends P ? { places?: P } : { places: P }),
): Cell {
  return { ...plan, needs, task: { module, name } };
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

/** Partial work of a long cell, kept across an interruption or a kill. It is gone once the cell is done. */
export interface Checkpoint {
  /** What was written last; undefined where nothing was. */
  read(): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
  /** Replaces what was written before, whole or not at all. */
  write(files: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** What a task may ask while it runs. */
export interface RunContext<P = unknown> {
  /** As planned in `Cell.places`. */
  readonly places: P;
  /** Name of the processor, for rows of times. */
  readonly cpu: string;
  /** Reads a file that one of the cell's `needs` left. */
  read(need: string, file: string): Promise<Uint8Array>;
  /** Reads all files that one of the cell's `needs` left. */
  files(need: string): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Makes a folder, empty and this cell's own, that is kept with its result; it has its final place only then. */
  folder(): Promise<string>;
  /** Returns the folder that one of the cell's `needs` made, to be read. */
  folderOf(need: string): string;
  /** Where a long cell keeps its partial work. */
  readonly checkpoint: Checkpoint;
  /** Reports how far a long cell is, 0..1. */
  readonly onProgress: (done: number, message: string) => void;
}
