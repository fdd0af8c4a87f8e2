import type { PlannedCell } from './plan-cells.ts';

/** One of `of` parts of a run, executed separately; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * Returns the cells of a shard with all the cells they need, in the order of the plan. Cells are assigned to shards in turn, in
 * the order of their keys: every machine that plans the same run assigns them alike, each cell belongs to one shard, and shards
 * have equal size. Cells that several shards need are run by each of them, with the same result.
 */
export function cellsOfShard(planned: readonly PlannedCell[], { index, of }: Shard): PlannedCell[] {
  const byId = new Map(planned.map((entry) => [entry.cell.id, entry]));
  const chosen = new Set<PlannedCell>();
  const choose = (entry: PlannedCell): void => {
    if (chosen.has(entry)) return;
    chosen.add(entry);
    for (const id of Object.values(entry.cell.needs)) choose(byId.get(id)!);
  };
  dealt(planned, { index, of }).forEach(choose);
  return planned.filter((entry) => chosen.has(entry));
}

/** Returns the cells assigned to a shard; other shards have them only if they need them. */
export function dealt(planned: readonly PlannedCell[], { index, of }: Shard): PlannedCell[] {
  const place = ({ key, cell }: PlannedCell): string => `${key} ${cell.id}`;
  return planned.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).filter((_, i) => i % of === index - 1);
}
