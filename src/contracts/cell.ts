import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';

/**
 * A kind of work: what some of an experiment's cells do with their input. A task receives nothing else that could change its
 * result, so a key made from its code and its input covers everything.
 *
 * @typeParam I the input: plain data, all of it hashed into the cell's key
 * @typeParam P places on this machine; they do not change the result and are not hashed
 */
export interface Task<I = unknown, P = unknown> {
  /** `import.meta.url` of the module that exports the task. */
  readonly module: string;
  /** The name it is exported under: `prepare`, `fit`, `time`, … */
  readonly name: string;
  run(input: I, context: RunContext<P>): Promise<CellResult>;
}

/** What an experiment plans for a cell, in addition to its task. */
export interface CellPlan<I> {
  /** Readable and unique within a run: `fit ls snr=20`. */
  readonly id: string;
  /**
   * Everything that decides the result, as plain data. An entry called `module` with a `file:` URL stands for the code at that
   * URL: the key covers the code and all it imports, not its location.
   */
  readonly input: I;
  /** Cells whose stored results this cell reads, by the names it reads them under. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Number of threads the cell uses; default 1. */
  readonly threads?: number;
  /**
   * Whether the cell measures time. Timings run after all other cells, one at a time, and are never reused from a store that
   * another machine filled.
   */
  readonly timing?: boolean;
}

/** The smallest unit of work that is stored and repeated on its own. Plain data, so that it can be sent to workers. */
export interface Cell {
  readonly id: string;
  readonly task: Pick<Task, 'module' | 'name'>;
  readonly input: unknown;
  /** Where the things that `input` describes are on this machine. Not part of the key. */
  readonly places?: unknown;
  readonly needs: Readonly<Record<string, string>>;
  readonly threads?: number;
  readonly timing?: boolean;
}

/** Plans a cell of a task; the type of the input must match the task. */
export function cellOf<I, P>(
  { module, name }: Task<I, P>,
  { needs = {}, ...plan }: CellPlan<I> & (unknown extends P ? { places?: P } : { places: P }),
): Cell {
  return { ...plan, needs, task: { module, name } };
}

/** The result of a cell: rows for the tables, and files for other cells or for people. */
export interface CellResult {
  readonly rows: readonly Row[];
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Pictures that figures draw in addition to rows. */
  readonly pictures?: readonly Picture[];
  /** Files for people: path in the run's folder, as in `maps/sub-01/D.nii.gz`, to the name in `files`. */
  readonly publishes?: ReadonlyMap<string, string>;
  /** Facts that the report shows. */
  readonly notes?: readonly string[];
  /** Facts for `run.json`: the seed that was used, the backend (`backend`) and why it was chosen (`backendReason`). */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Partial work of a long cell, kept if the run is interrupted or killed and removed once the cell is done. */
export interface Checkpoint {
  /** Returns what was written last; undefined if nothing was. */
  read(): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
  /** Replaces the previous content, as a whole or not at all. */
  write(files: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** What a running task can use. */
export interface RunContext<P = unknown> {
  /** As planned in `Cell.places`. */
  readonly places: P;
  /** Name of the processor, for rows of times. */
  readonly cpu: string;
  /** Reads a file that one of the cell's `needs` wrote. */
  read(need: string, file: string): Promise<Uint8Array>;
  /** Reads all files that one of the cell's `needs` wrote. */
  files(need: string): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Creates an empty folder for this cell alone. It is stored with the result and moves to its final place then. */
  folder(): Promise<string>;
  /** Returns the folder that one of the cell's `needs` created, for reading only. */
  folderOf(need: string): string;
  /** Where a long cell keeps its partial work. */
  readonly checkpoint: Checkpoint;
  /** Reports the progress of a long cell, 0..1. */
  readonly onProgress: (done: number, message: string) => void;
}
