import type { PlannedCell } from './plan-cells.ts';

/** One of `of` parts of a run, done by itself; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * The cells of a shard, with all that they need, in the order of the plan. Cells are dealt out one after the other in the
 * order of their keys: every machine that plans the same run deals alike, each cell goes to one shard, and shards are
 * as large as one another. What is needed by several shards is done by each, with the same result.
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

/** The cells that are dealt to a shard: no other shard has them but where it needs them. */
export function dealt(planned: readonly PlannedCell[], { index, of }: Shard): PlannedCell[] {
  const place = ({ key, cell }: PlannedCell): string => `${key} ${cell.id}`;
  return planned.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).filter((_, i) => i % of === index - 1);
}
