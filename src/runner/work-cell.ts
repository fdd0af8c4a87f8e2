import { parentPort } from 'node:worker_threads';
import type { Cell, Experiment } from '../contracts/experiment.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { CellStore } from './cell-store.ts';
import { cpuName } from './machine.ts';
import type { StoredCell, Writer } from './stored-cell.ts';
import { timedBeside } from './timing-row.ts';

/** What a worker is sent. */
export interface CellJob {
  readonly experiment: string;
  readonly config: unknown;
  readonly cell: Cell;
  readonly key: string;
  /** Keys of the cells it needs, by id. */
  readonly needs: Readonly<Record<string, string>>;
  /** Folder of the store. */
  readonly store: string;
  readonly writer: Writer;
  /** How many other cells may run at the same time; absent where it runs alone. */
  readonly beside?: number;
}

/** What a worker answers. The result itself is in the store by then. */
export type CellReport =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly message: string; readonly stack: string };

/** What a worker tells while it works. */
export interface CellProgress {
  readonly id: string;
  /** 0..1 */
  readonly done: number;
  readonly message: string;
}

/** Does one cell and stores its result: what every worker thread runs. */
export default async function workCell(job: CellJob): Promise<CellReport> {
  const began = performance.now();
  const store = new CellStore(job.store);
  try {
    const { value: experiment } = await loadExperiment(job.experiment);
    // What an interrupted attempt left must not become part of this one.
    await store.abandon(job.key);
    await carryOut(job, experiment, store, began);
    return { ok: true, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    await store.abandon(job.key).catch(() => undefined);
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, message, stack: stack ?? message };
  }
}

async function carryOut(
  job: CellJob,
  experiment: Experiment,
  store: CellStore,
  began: number,
): Promise<void> {
  const { cell, key, needs, writer, beside } = job;
  const keyOf = (id: string): string => {
    const needed = needs[id];
    if (needed === undefined) throw new Error(`cell ${cell.id} reads ${id} without having it under needs`);
    return needed;
  };
  let told = 0;
  const result = await experiment.run(cell, job.config, {
    cpu: cpuName(),
    read: (id, file) => store.file(keyOf(id), file),
    files: (id) => store.files(keyOf(id)),
    folder: () => store.makeFolder(key),
    folderOf: (id) => store.folder(keyOf(id)),
    onProgress(done, message) {
      // A training of a thousand epochs would drown the main thread in messages.
      if (performance.now() - told < 100) return;
      told = performance.now();
      parentPort?.postMessage({ id: cell.id, done, message } satisfies CellProgress);
    },
  });
  const files = result.files ?? new Map<string, Uint8Array>();
  const pictures = (result.pictures ?? []).map(({ values, ...told }, i) => ({
    stored: { ...told, file: `picture-${i}.f32` },
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }));
  const stored: StoredCell = {
    id: cell.id,
    task: cell.task,
    rows: beside === undefined ? result.rows : result.rows.map((row) => timedBeside(row, beside)),
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
}
