import { Status } from '../contracts/voxels.ts';
import { statusWord } from '../data/status-words.ts';

export interface StatusShare {
  readonly code: number;
  readonly word: string;
  readonly count: number;
  /** Of the voxels that are not background, 0..1. */
  readonly share: number;
}

/** Counts the voxels of every status that occurs, background left out, by code. */
export function statusShares(status: ArrayLike<number>): StatusShare[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < status.length; i++) counts.set(status[i], (counts.get(status[i]) ?? 0) + 1);
  counts.delete(Status.background);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => ({ code, word: statusWord(code), count, share: count / all }));
}
