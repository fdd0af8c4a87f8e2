import type { Cell } from '../contracts/cell.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { cellKey, type KeyParts } from './cell-key.ts';
import { CodeVersions } from './code-version.ts';

/** A cell with the key its result is stored under, and what that key is made of. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
  readonly parts: KeyParts;
}

/**
 * Lists the cells of a study with their keys, each after those it needs. Does none of their work.
 * @throws InputError naming the config where the experiment finds that its sections do not fit together
 */
export async function planCells(study: Study): Promise<PlannedCell[]> {
  const { value: experiment } = await loadExperiment(study.module);
  return withKeys(await experiment.plan(study.config).catch(named));

  function named(error: unknown): never {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) => `${study.file}: ${fault}`),
      { cause: error },
    );
  }
}

/**
 * Gives every cell its key.
 * @throws Error where cells don't fit together, which is a mistake of the experiment
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
    planned.set(cell.id, { cell, ...(await cellKey(cell, needs, versions)) });
  }
  return [...planned.values()];
}

/** Every cell after those it needs. */
function inOrder(cells: readonly Cell[]): Cell[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  if (byId.size < cells.length) throw new Error('two cells have the same id');
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
