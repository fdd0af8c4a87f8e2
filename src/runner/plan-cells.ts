import type { Cell } from '../contracts/cell.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { describedValue } from '../plugins/described-value.ts';
import { pluginFailure } from '../plugins/plugin-failure.ts';
import { cellKey, type KeyParts } from './cell-key.ts';
import { checkedCells } from './checked-cells.ts';
import { notPlain } from './canonical-json.ts';
import { CodeVersions } from './code-version.ts';

/** A cell with the key of its result, and the parts of that key. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
  readonly parts: KeyParts;
}

/**
 * Lists the cells of a study with their keys, each after the cells it needs. Runs none of them.
 * @throws InputError naming the config if the experiment finds that its sections are inconsistent
 */
export async function planCells(study: Study): Promise<PlannedCell[]> {
  const plugin = await loadExperiment(study.module);
  try {
    return await withKeys(checkedCells(await plugin.value.plan(study.config)));
  } catch (error) {
    if (!(error instanceof InputError))
      throw new Error(pluginFailure('experiment', plugin.module, error, study.file), { cause: error });
    throw new InputError(
      error.faults.map((fault) => `${study.file}: ${fault}`),
      { cause: error },
    );
  }
}

/**
 * Computes the key of every cell.
 * @throws Error if the cells are inconsistent, which is a bug in the experiment
 */
export async function withKeys(
  cells: readonly Cell[],
  versions: CodeVersions = new CodeVersions(),
): Promise<PlannedCell[]> {
  const planned = new Map<string, PlannedCell>();
  for (const cell of inOrder(cells)) {
    const needs = Object.fromEntries(
      Object.entries(cell.needs).map(([name, id]) => [name, planned.get(id)!.key]),
    );
    const keyed = await cellKey(cell, needs, versions).catch((error: unknown) => {
      const where = notPlain(cell.input, 'input');
      if (!where) throw error;
      throw new Error(
        `cell ${cell.id}: ${where.path} is ${describedValue(where.value)}, which can't be part of its key; allowed: plain data`,
        { cause: error },
      );
    });
    planned.set(cell.id, { cell, ...keyed });
  }
  return [...planned.values()];
}

/** Sorts cells so that each comes after those it needs. */
function inOrder(cells: readonly Cell[]): Cell[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  if (byId.size < cells.length) {
    const twice = cells.find((cell) => byId.get(cell.id) !== cell)!;
    throw new Error(`two cells have the id ${JSON.stringify(twice.id)}; allowed: each id once`);
  }
  const ordered = new Set<Cell>();
  const visit = (cell: Cell, path: readonly string[]): void => {
    if (ordered.has(cell)) return;
    if (path.includes(cell.id)) throw new Error(`cells need each other: ${[...path, cell.id].join(', ')}`);
    for (const id of Object.values(cell.needs)) {
      const needed = byId.get(id);
      if (!needed) throw new Error(`cell ${cell.id} needs ${id}, which is not planned`);
      if (needed.timing && !cell.timing) {
        throw new Error(`cell ${cell.id} needs ${id}, which is a timing and runs after all others`);
      }
      visit(needed, [...path, cell.id]);
    }
    ordered.add(cell);
  };
  for (const cell of cells) visit(cell, []);
  return [...ordered];
}
