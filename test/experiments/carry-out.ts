import { join } from 'node:path';
import type { CellResult, Experiment, RunContext } from '../../src/contracts/experiment.ts';
import { CellStore } from '../../src/runner/cell-store.ts';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';

const versions = new CodeVersions();
const planning = { codeVersion: (module: URL) => versions.of(module) };

/** Keys of an experiment's cells by their ids. */
export async function keysOf<C>(experiment: Experiment<C>, config: C): Promise<Map<string, string>> {
  const planned = withKeys(await experiment.plan(config, planning));
  return new Map(planned.map(({ cell, key }) => [cell.id, key]));
}

/**
 * Does the cells of an experiment one after the other, as workers would, those of timing left out.
 * @param dir where results are stored
 * @returns what each cell left, by id
 */
export async function carryOut<C>(
  experiment: Experiment<C>,
  config: C,
  dir: string,
): Promise<Map<string, CellResult>> {
  const store = new CellStore(join(dir, 'cells'));
  const planned = withKeys(await experiment.plan(config, planning)).filter(({ cell }) => !cell.alone);
  const keys = new Map(planned.map(({ cell, key }) => [cell.id, key]));
  const results = new Map<string, CellResult>();
  for (const { cell, key } of planned) {
    const keyOf = (id: string) => {
      if (!cell.needs.includes(id)) throw new Error(`${cell.id} reads ${id} without needing it`);
      return keys.get(id)!;
    };
    const context: RunContext = {
      cpu: 'Example CPU',
      read: (id, file) => store.file(keyOf(id), file),
      files: (id) => store.files(keyOf(id)),
      folder: () => store.makeFolder(key),
      folderOf: (id) => store.folder(keyOf(id)),
      onProgress: () => undefined,
    };
    const result = await experiment.run(cell, config, context);
    const { rows, notes = [], files = new Map<string, Uint8Array>() } = result;
    const { id, task } = cell;
    const writer = { machine: '', versions: {}, store: '' };
    const stored = { id, task, rows, notes, facts: {}, files: [...files.keys()], seconds: 0, writer };
    await store.write(key, stored, files);
    results.set(id, result);
  }
  return results;
}
