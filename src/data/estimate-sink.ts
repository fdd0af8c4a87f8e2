import type { Estimates } from '../contracts/voxels.ts';
import type { ScanMaps } from './scan-maps.ts';

/** Files that are complete, under temporary names. */
export interface CompleteFiles {
  readonly paths: readonly string[];
  /** Gives them their names, and removes what they replace. */
  commit(): Promise<void>;
}

/**
 * Destination of the estimates of a file's rows. Pieces may arrive in any order; files receive their final names when they are complete and `commit` is
 * called, so that several fits can appear together.
 */
export interface EstimateSink {
  /** The estimates written so far, where they are kept in memory: those of a scan. */
  readonly maps?: ScanMaps;
  /** Writes the estimates of the rows starting at `first`. `estimates` may be reused once this resolves. */
  write(first: number, estimates: Estimates): Promise<void>;
  /** Completes the files, which keep their temporary names until `commit`. */
  finish(): Promise<CompleteFiles>;
  /** Removes everything. Synchronous, so that a signal handler can call it. */
  discard(): void;
}
