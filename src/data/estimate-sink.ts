import type { Estimates } from '../contracts/voxels.ts';
import type { ScanMaps } from './scan-maps.ts';

/**
 * Destination of the estimates of a file's rows. Pieces may arrive in any order; files receive their final names in `finish`.
 */
export interface EstimateSink {
  /** The estimates written so far, where they are kept in memory: those of a scan. */
  readonly maps?: ScanMaps;
  /** Writes the estimates of the rows starting at `first`. `estimates` may be reused once this resolves. */
  write(first: number, estimates: Estimates): Promise<void>;
  /** Completes the files and renames them. Returns their paths. */
  finish(): Promise<readonly string[]>;
  /** Removes everything. Synchronous, so that a signal handler can call it. */
  discard(): void;
}
