import { mapBounded } from '../files/bounded.ts';
import type { CellStore } from './cell-store.ts';
import { hashOf } from './hash.ts';
import type { PlannedCell } from './plan-cells.ts';
import type { RunTally } from './run-tally.ts';
import { digestOfResults, type CellDigest } from './results-digest.ts';
import { finishedOf, sameWriter, type StoredCell, type Writer } from './stored-cell.ts';

/** A cell without a usable stored result. */
export interface OutstandingCell {
  readonly entry: PlannedCell;
  /** Whether there is a result that is not used: it is removed before the cell is run. */
  readonly discard: boolean;
}

export interface OutstandingCells {
  readonly todo: readonly OutstandingCell[];
  /** Digest of the stored results that are used. */
  readonly results: string;
}

/**
 * Checks the stored results of planned cells, all their files included, and records which of them are used and which are damaged.
 * Removes nothing.
 * @param fresh use none of them
 * @throws the system's error if a stored result can't be read
 */
export async function outstandingCells(
  planned: readonly PlannedCell[],
  {
    store,
    tally,
    writer,
    fresh,
  }: {
    readonly store: CellStore;
    readonly tally: RunTally;
    readonly writer: Writer;
    readonly fresh: boolean;
  },
): Promise<OutstandingCells> {
  if (fresh)
    return { todo: planned.map((entry) => ({ entry, discard: true })), results: digestOfResults([]) };
  // Of thousands of cells only what is needed is kept in memory.
  const found = await mapBounded(planned, async (entry) => {
    const there = await store.verify(entry.key);
    if (there.state !== 'stored') return there;
    const { cell, digest } = there;
    return {
      state: there.state,
      digest,
      finished: finishedOf(cell),
      usable: !entry.cell.timing || sameWriter(cell, writer),
      untimed: !sameMachine(cell, writer),
    };
  });
  const todo: OutstandingCell[] = [];
  const digests: CellDigest[] = [];
  for (const [i, entry] of planned.entries()) {
    const there = found[i];
    if (there.state === 'stored' && there.usable) {
      tally.reused(entry, there.finished, there.untimed);
      digests.push({ key: entry.key, digest: there.digest });
    } else {
      if (there.state === 'damaged') tally.damaged(entry, there.why);
      todo.push({ entry, discard: there.state !== 'absent' });
    }
  }
  return { todo, results: digestOfResults(digests) };
}

/** Whether the preparation times in a stored cell are valid here. A network is not trained again just to time it. */
export const sameMachine = ({ writer: { machine, versions } }: StoredCell, here: Writer): boolean =>
  machine === here.machine && hashOf(versions) === hashOf(here.versions);
