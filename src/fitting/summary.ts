import { failedFrom, Status } from '../contracts/voxels.ts';
import { counted } from '../wording/counted.ts';
import { duration } from '../wording/duration.ts';
import type { FitCounts } from './fit-rows.ts';

/** Returns the number of voxels passed to the fitter: neither background nor without a usable signal. */
export function attempted({ voxels, byStatus }: FitCounts): number {
  return voxels - (byStatus.background ?? 0) - (byStatus.notFinite ?? 0);
}

/** Returns the elapsed time per voxel passed to the fitter, in microseconds; NaN if there was none. */
export function microsecondsPerVoxel(counts: FitCounts): number {
  return (counts.seconds * 1e6) / attempted(counts);
}

/** Summarises a fit in one line. */
export function summaryLine(counts: FitCounts): string {
  const { voxels, fitted, byStatus, threads } = counts;
  const words = (failed: boolean) =>
    Object.entries(byStatus)
      .filter(([word]) => isFailure(word) === failed)
      .map(([word, count]) => `${count} ${word}`)
      .join(', ');
  const answered = fitted > 0 ? ` (${words(false)})` : '';
  const failures = voxels > fitted ? `, ${voxels - fitted} without an estimate (${words(true)})` : '';
  const time = attempted(counts) > 0 ? `; ${duration(counts.seconds / attempted(counts))} per voxel` : '';
  return `${counted(voxels, 'voxel')}: ${fitted} fitted${answered}${failures}${time} with ${counted(threads, 'thread')}`;
}

function isFailure(word: string): boolean {
  const code = (Status as Readonly<Record<string, number>>)[word];
  return code === undefined || code >= failedFrom;
}
