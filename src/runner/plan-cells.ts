import type { Cell, PlanContext } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { CodeVersions } from './code-version.ts';
import { hashOf } from './hash.ts';

/** A cell with the key its result is stored under. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
}

/** Raised when stored results change their form, so that old ones are left alone. */
const STORE_FORMAT = 1;

/**
 * Lists the cells of a study with their keys, each after those it needs. Does none of their work.
 * @throws InputError naming the config where the experiment finds that its sections do not fit together
 */
export async function planCells(study: Study): Promise<PlannedCell[]> {
  const { value: experiment } = await loadExperiment(study.experiment);
  const versions = new CodeVersions();
  const context: PlanContext = { codeVersion: (module) => versions.of(module) };
  return withKeys(await experiment.plan(study.config, context).catch(named));

  function named(error: unknown): never {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${study.file}: ${error.message}`, { cause: error });
  }
}

/**
 * Keys of cells: the hash of all that decides a result, what it is made from included.
 * @throws Error where cells don't fit together, which is a mistake of the experiment
 */
export function withKeys(cells: readonly Cell[]): PlannedCell[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  if (byId.size < cells.length) throw new Error('two cells have the same id');
  const planned = new Map<string, PlannedCell>();
  const visit = (cell: Cell, path: readonly string[]): PlannedCell => {
    const known = planned.get(cell.id);
    if (known) return known;
    if (path.includes(cell.id)) throw new Error(`cells need each other: ${[...path, cell.id].join(', ')}`);
    const needs = cell.needs.map((id) => {
      const needed = byId.get(id);
      if (!needed) throw new Error(`cell ${cell.id} needs ${id}, which is not planned`);
      if (needed.alone && !cell.alone) {
        throw new Error(`cell ${cell.id} needs ${id}, which runs alone after all others`);
      }
      return visit(needed, [...path, cell.id]).key;
    });
    const key = hashOf({ format: STORE_FORMAT, task: cell.task, decides: cell.decides, needs });
    const entry = { cell, key };
    planned.set(cell.id, entry);
    return entry;
  };
  for (const cell of cells) visit(cell, []);
  return [...planned.values()];
}
