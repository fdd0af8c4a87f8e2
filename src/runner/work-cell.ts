import { parentPort } from 'node:worker_threads';
import type { Cell, RunContext, Task } from '../contracts/cell.ts';
import { importModule } from '../plugins/import-module.ts';
import { isOwn, pluginFailure } from '../plugins/plugin-failure.ts';
import { thisIsWorker } from '../plugins/settling.ts';
import { CellStore } from './cell-store.ts';
import { checkedResult } from './checked-result.ts';
import { cpuName } from './machine.ts';
import { finishedOf, type Finished, type StoredCell, type Writer } from './stored-cell.ts';
import { timedConcurrently } from './timing-row.ts';

/** What a worker receives. */
export interface CellJob {
  readonly cell: Cell;
  readonly key: string;
  /** Keys of the cells it needs, by the names it reads them under. */
  readonly needs: Readonly<Record<string, string>>;
  /** Folder of the store. */
  readonly store: string;
  readonly writer: Writer;
  /** How many other cells may run at the same time. */
  readonly concurrentCells: number;
}

/** What a worker returns. The result itself is in the store by then. */
export type CellReport =
  | ({ readonly ok: true } & Finished)
  | { readonly ok: false; readonly message: string; readonly stack: string };

/** What a worker reports while it runs. */
export interface CellProgress {
  readonly id: string;
  /** 0..1 */
  readonly done: number;
  readonly message: string;
}

thisIsWorker();

/** Runs one cell and stores its result. The entry point of worker threads. */
export default async function workCell(job: CellJob): Promise<CellReport> {
  const began = performance.now();
  const store = new CellStore(job.store);
  try {
    const task = await loadTask(job.cell);
    // Files of an interrupted attempt must not become part of this one.
    await store.abandon(job.key);
    return { ok: true, ...finishedOf(await execute(job, task, store, began)) };
  } catch (error) {
    await store.abandon(job.key).catch(() => undefined);
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const module = new URL(job.cell.task.module);
    return {
      ok: false,
      message: isOwn(module) ? pluginFailure('experiment', module, error) : message,
      stack: stack ?? message,
    };
  }
}

/** @throws Error if the cell's module exports no such task, which is a bug in the experiment */
async function loadTask({ id, task: { module, name } }: Cell): Promise<Task> {
  const exported = (await importModule(new URL(module), `cell ${id}`))[name];
  if (typeof exported === 'object' && exported !== null && 'run' in exported) return exported as Task;
  throw new Error(`${new URL(module).pathname} exports no task called ${name}`);
}

async function execute(job: CellJob, task: Task, store: CellStore, began: number): Promise<StoredCell> {
  const { cell, key, writer, concurrentCells } = job;
  const result = checkedResult(await task.run(cell.input, contextOf(job, store)));
  const files = result.files ?? new Map<string, Uint8Array>();
  const pictures = (result.pictures ?? []).map(({ values, ...about }, i) => ({
    stored: { ...about, file: `picture-${i}.f32` },
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }));
  const stored: StoredCell = {
    id: cell.id,
    task: cell.task.name,
    rows: cell.timing ? result.rows : result.rows.map((row) => timedConcurrently(row, concurrentCells)),
    notes: result.notes ?? [],
    facts: result.facts ?? {},
    files: [...files.keys()],
    ...(pictures.length > 0 ? { pictures: pictures.map((picture) => picture.stored) } : {}),
    ...(result.publishes ? { publishes: Object.fromEntries(result.publishes) } : {}),
    seconds: (performance.now() - began) / 1000,
    writer,
  };
  const drawn = pictures.map((picture) => [picture.stored.file, picture.bytes] as const);
  await store.write(key, stored, new Map([...files, ...drawn]));
  return stored;
}

function contextOf({ cell, key, needs }: CellJob, store: CellStore): RunContext {
  const keyOf = (need: string): string => {
    const needed = needs[need];
    if (needed === undefined) throw new Error(`cell ${cell.id} reads ${need} without listing it under needs`);
    return needed;
  };
  let reported = 0;
  return {
    places: cell.places,
    cpu: cpuName(),
    read: (need, file) => store.file(keyOf(need), file),
    files: (need) => store.files(keyOf(need)),
    folder: () => store.makeFolder(key),
    folderOf: (need) => store.folder(keyOf(need)),
    checkpoint: store.checkpoint(key),
    onProgress(done, message) {
      // A training of a thousand epochs would flood the main thread with messages.
      if (performance.now() - reported < 100) return;
      reported = performance.now();
      parentPort?.postMessage({ id: cell.id, done, message } satisfies CellProgress);
    },
  };
}
