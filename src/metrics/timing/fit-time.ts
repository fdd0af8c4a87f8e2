import type { PreparedFitter } from '../../contracts/fitter.ts';
import { allocateEstimates, type Signals } from '../../contracts/voxels.ts';

/** Time per voxel in microseconds: the median of the repeats, the quickest and the slowest. */
export interface FitTime {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Voxels per call. */
  readonly voxels: number;
}

export interface FitTimeOptions {
  /** Calls with a clock that is too coarse or too busy to be trusted below this many milliseconds are repeated. */
  readonly repeatMs: number;
  readonly repeats: number;
  readonly warmUpMs: number;
  /** No further repeat is begun after this, once there are three. */
  readonly limitMs: number;
}

const DEFAULTS: FitTimeOptions = { repeatMs: 25, repeats: 7, warmUpMs: 300, limitMs: 3000 };

/**
 * Times `fit` alone. The first voxels of `signals` that keep a call busy for one repeat are used, all of them where
 * that is not enough; calls that are still too short are made several times. A warm-up of the same calls goes before.
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
  while (performance.now() - began < warmUpMs) took = await call(1);
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
