import type { Estimates } from '../contracts/voxels.ts';

/** Where the estimates of a file's rows go. Pieces may come in any order; nothing has its name before `finish`. */
export interface EstimateSink {
  /** Writes the estimates of the rows from `first` on. `estimates` may be reused once this resolves. */
  write(first: number, estimates: Estimates): Promise<void>;
  /** Completes the files and gives them their names. Returns their paths. */
  finish(): Promise<readonly string[]>;
  /** Removes everything. Synchronous, so that a signal can call it. */
  discard(): void;
}
