import type { PreparedFitter } from '../../contracts/fitter.ts';
import { allocateEstimates, type Signals } from '../../contracts/voxels.ts';

/** Time per voxel in microseconds: median, minimum and maximum over the repeats. */
export interface FitTime {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Number of voxels per call. */
  readonly voxels: number;
}

export interface FitTimeOptions {
  /** Calls shorter than this many milliseconds are too short for the clock, and are repeated within a measurement. */
  readonly repeatMs: number;
  readonly repeats: number;
  /** Longest warm-up; it ends before once calls are as fast as they get. */
  readonly warmUpMs: number;
  /** Once there are three repeats, no further one starts after this time. */
  readonly limitMs: number;
}

const DEFAULTS: FitTimeOptions = { repeatMs: 15, repeats: 7, warmUpMs: 300, limitMs: 3000 };

/** The code counts as compiled once that many calls in a row are not faster, by that share, than the fastest before. */
const STEADY = { calls: 3, faster: 0.03 } as const;

/**
 * Times `fit` alone. Uses as many of the first voxels of `signals` as are needed for a call of sufficient length; if all of
 * them are not enough, the call is repeated. The same calls are made before as a warm-up, until they get no faster.
 */
export async function fitTime(
  fitter: PreparedFitter,
  signals: Signals,
  options: Partial<FitTimeOptions> = {},
): Promise<FitTime> {
  const { repeatMs, repeats, warmUpMs, limitMs } = { ...DEFAULTS, ...options };
  const began = performance.now();
  const caller = (n: number) => {
    const part = firstVoxels(signals, n);
    const out = allocateEstimates(n);
    return async (times: number): Promise<number> => {
      const start = performance.now();
      for (let k = 0; k < times; k++) {
        const pending = fitter.fit(part, out);
        if (pending) await pending;
      }
      return performance.now() - start;
    };
  };

  let n = Math.min(signals.n, Math.max(16, fitter.leastVoxels ?? 0));
  let call = caller(n);
  let took = await call(1);
  while (took < repeatMs && n < signals.n) {
    n = Math.min(signals.n, 2 * n);
    call = caller(n);
    took = await call(1);
  }
  let fastest = took;
  for (let steady = 0; steady < STEADY.calls && performance.now() - began < warmUpMs;) {
    took = await call(1);
    steady = took < (1 - STEADY.faster) * fastest ? 0 : steady + 1;
    fastest = Math.min(fastest, took);
  }
  const times = Math.max(1, Math.ceil(repeatMs / Math.max(took, 1e-3)));

  const perVoxel: number[] = [];
  while (perVoxel.length < repeats && (perVoxel.length < 3 || performance.now() - began < limitMs)) {
    perVoxel.push((1000 * (await call(times))) / (times * n));
  }
  perVoxel.sort((a, b) => a - b);
  const middle = perVoxel.length >> 1;
  const median = perVoxel.length % 2 === 1 ? perVoxel[middle] : (perVoxel[middle - 1] + perVoxel[middle]) / 2;
  return { median, fastest: perVoxel[0], slowest: perVoxel.at(-1)!, voxels: n };
}

function firstVoxels({ bValues, values, scale, sigma }: Signals, n: number): Signals {
  return {
    bValues,
    n,
    values: values.subarray(0, n * bValues.length),
    scale: scale.subarray(0, n),
    ...(sigma ? { sigma: sigma.subarray(0, n) } : {}),
  };
}
