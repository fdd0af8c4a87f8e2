import { join } from 'node:path';
import type { Cell, CellResult, RunContext, Task } from '../../src/contracts/cell.ts';
import type { Experiment } from '../../src/contracts/experiment.ts';
import { CellStore } from '../../src/runner/cell-store.ts';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';

/** Shared by the plans of a file: what code is does not change while its tests run. */
const versions = new CodeVersions();

/** Keys of an experiment's cells by their ids. */
export async function keysOf<C>(experiment: Experiment<C>, config: C): Promise<Map<string, string>> {
  const planned = await withKeys(await experiment.plan(config), versions);
  return new Map(planned.map(({ cell, key }) => [cell.id, key]));
}

/** The task of a cell, found as a worker finds it: by its module and name. */
export async function taskOf({ id, task: { module, name } }: Cell): Promise<Task> {
  const task = ((await import(module)) as Record<string, Task>)[name];
  if (!task) throw new Error(`the module of ${id} exports no ${name}`);
  return task;
}

/**
 * Does the cells of an experiment one after the other, as workers would, but for timings. Like a worker it knows nothing of a
 * cell beyond the plain data that is sent to one.
 * @param dir where results are stored
 * @returns what each cell left, by id
 */
export async function carryOut<C>(
  experiment: Experiment<C>,
  config: C,
  dir: string,
): Promise<Map<string, CellResult>> {
  const store = new CellStore(join(dir, 'cells'));
  const planned = (await withKeys(await experiment.plan(config), versions)).filter(
    ({ cell }) => !cell.timing,
  );
  const keys = new Map(planned.map(({ cell, key }) => [cell.id, key]));
  const results = new Map<string, CellResult>();
  for (const { cell, key } of planned) {
    const sent = structuredClone(cell);
    const keyOf = (need: string) => {
      const id = sent.needs[need];
      if (id === undefined) throw new Error(`${sent.id} reads ${need} without having it under needs`);
      return keys.get(id)!;
    };
    const context: RunContext = {
      places: sent.places,
      cpu: 'Example CPU',
      read: (need, file) => store.file(keyOf(need), file),
      files: (need) => store.files(keyOf(need)),
      folder: () => store.makeFolder(key),
      folderOf: (need) => store.folder(keyOf(need)),
      checkpoint: store.checkpoint(key),
      onProgress: () => undefined,
    };
    const result = await (await taskOf(sent)).run(sent.input, context);
    const { rows, notes = [], files = new Map<string, Uint8Array>() } = result;
    const { id, task } = sent;
    const writer = { machine: '', versions: {}, store: '' };
    const stored = {
      id,
      task: task.name,
      rows,
      notes,
      facts: {},
      files: [...files.keys()],
      seconds: 0,
      writer,
    };
    await store.write(key, stored, files);
    results.set(id, result);
  }
  return results;
}
