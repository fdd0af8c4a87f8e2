import type { ParameterName } from '../../contracts/voxels.ts';
import { resampleCounts } from '../../metrics/resampling/resample-counts.ts';
import { holm } from '../statistics/holm.ts';
import { rmseRatio, type RmseRatio } from './rmse-ratio.ts';

/** Errors of one fitter at one setting in two runs, voxel by voxel. */
export interface PairedErrors {
  readonly fitter: string;
  readonly factors: Readonly<Record<string, string | number>>;
  readonly parameter: ParameterName;
  /** NaN where the voxel failed. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export type PairedVerdict = Omit<PairedErrors, 'first' | 'second'> &
  Omit<RmseRatio, 'p'> & {
    /** Corrected for all comparisons; NaN if there is nothing to compare. */
    readonly p: number;
    readonly better: 'first' | 'second' | 'neither' | 'identical' | 'nothing to compare';
  };

export interface CompareOptions {
  readonly resamples: number;
  /** Integer 0..2³²-1. */
  readonly seed: number;
  /** Probability of declaring at least one difference if there is none. */
  readonly level: number;
  /** Awaited between two comparisons, so that other work in this thread can proceed. */
  readonly pause?: () => Promise<void>;
}

/** Determines which of two runs has the smaller error, for everything that both have; all use the same resamples. */
export async function compareErrors(
  pairs: Iterable<PairedErrors>,
  { resamples, seed, level, pause }: CompareOptions,
): Promise<PairedVerdict[]> {
  const kept = new Map<number, Iterable<Uint8Array>>();
  const countsOf = (n: number) => {
    if (!kept.has(n)) kept.set(n, resampleCounts(n, resamples, seed));
    return kept.get(n)!;
  };
  const found: (Omit<PairedErrors, 'first' | 'second'> & RmseRatio)[] = [];
  for (const { first, second, ...id } of pairs) {
    found.push({ ...id, ...rmseRatio(first, second, countsOf(first.length)) });
    await pause?.();
  }
  // If all errors are identical, or there are none, there is nothing to test.
  const tested = found.filter((result) => result.n > 0 && !isIdentical(result));
  const corrected = holm(tested.map(({ p }) => (Number.isNaN(p) ? 1 : p)));
  const p = new Map(tested.map((result, i) => [result, corrected[i]]));
  return found.map((result) => ({
    ...result,
    p: p.get(result) ?? (result.n > 0 ? 1 : NaN),
    better: better(result, p.get(result), level),
  }));
}

const isIdentical = ({ first, second }: RmseRatio): boolean => first === second;

function better(result: RmseRatio, p: number | undefined, level: number): PairedVerdict['better'] {
  if (result.n === 0) return 'nothing to compare';
  if (p === undefined) return 'identical';
  if (p > level) return 'neither';
  return result.ratio > 1 ? 'first' : 'second';
}
