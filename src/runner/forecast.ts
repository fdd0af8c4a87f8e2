import { join } from 'node:path';
import { mapBounded } from '../files/bounded.ts';
import { differingPaths } from '../wording/differing-paths.ts';
import { CellStore, type Found } from './cell-store.ts';
import { sameWriter, type Writer } from './stored-cell.ts';
import type { PlannedCell } from './plan-cells.ts';
import { readPlanRecord, type PlanRecord } from './plan-record.ts';
import { CELLS_FOLDER } from './stored-run.ts';

/** What a run would do with a cell, and why. */
export interface CellForecast {
  readonly id: string;
  readonly key: string;
  /**
   * `stored`: its result is reused; `new`: it was never planned here; `changed`: something that decides its result has changed.
   */
  readonly outcome: 'stored' | 'new' | 'changed';
  /** What changed: paths in its input (`data.noise`), source files (`src/fitters/map.ts`), or why the result is not used. */
  readonly reasons: readonly string[];
}

/**
 * Forecasts what a run in a folder would do with every cell of a plan. Reads the folder and changes nothing.
 * @param writer the machine and versions that would write the cells: timings of another writer are not reused
 */
export async function forecast(
  planned: readonly PlannedCell[],
  dir: string,
  writer: Writer,
  fresh = false,
): Promise<CellForecast[]> {
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const record = await readPlanRecord(dir);
  const idOf = new Map(planned.map(({ cell, key }) => [key, cell.id]));
  return mapBounded(planned, async (entry): Promise<CellForecast> => {
    const { cell, key } = entry;
    const found: Found = fresh ? { state: 'absent' } : await store.verify(key);
    if (found.state === 'damaged')
      return { id: cell.id, key, outcome: 'new', reasons: [`its stored result is damaged: ${found.why}`] };
    const stored = found.state === 'stored' ? found.cell : null;
    if (stored && (!cell.timing || sameWriter(stored, writer))) {
      return { id: cell.id, key, outcome: 'stored', reasons: [] };
    }
    if (stored)
      return { id: cell.id, key, outcome: 'changed', reasons: ['timed elsewhere or with other versions'] };
    const before = record.cells[cell.id];
    if (!before) return { id: cell.id, key, outcome: 'new', reasons: [] };
    const reasons =
      before.key === key
        ? [fresh ? 'repeated on request' : 'its result is not stored']
        : changes(before, entry, record, idOf);
    return { id: cell.id, key, outcome: before.key === key && !fresh ? 'new' : 'changed', reasons };
  });
}

/** Lists the differences between the parts of two keys of one cell. */
function changes(
  before: PlanRecord['cells'][string],
  { parts }: PlannedCell,
  { code }: PlanRecord,
  idOf: ReadonlyMap<string, string>,
): string[] {
  const oldCode = Object.assign({}, ...before.code.map((hash) => code[hash] ?? {})) as Record<string, string>;
  const newCode = Object.assign({}, ...parts.code.map((version) => version.parts)) as Record<string, string>;
  const found = [
    ...(before.task === parts.task ? [] : ['task']),
    // Modules in the input are skipped: their files are listed separately.
    ...differingPaths(before.input, parts.input)
      .filter(({ path }) => path.at(-1) !== 'module')
      .map(({ path }) => path.join('.')),
    ...differingKeys(oldCode, newCode),
  ];
  if (found.length > 0) return [...new Set(found)];
  return differingKeys(before.needs, parts.needs).map(
    (name) => `needs ${idOf.get(parts.needs[name]) ?? name}`,
  );
}

function differingKeys(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).sort();
}
