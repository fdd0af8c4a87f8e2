import type { SummingKernel } from '../contracts/metric.ts';
import type { Estimates, Parameters } from '../contracts/voxels.ts';
import { readKernel, withoutSimd } from '../files/read-kernel.ts';
import {
  errorStatistics as statisticsOf,
  type ErrorOptions,
  type ErrorStatistic,
} from '../metrics/resampling/error-statistics.ts';
import { simdSums } from '../metrics/weighted/simd-sums.ts';

/** Returns the metrics of every parameter that the fitter estimates, over some voxels. */
export function errorStatistics(
  estimates: Estimates,
  truth: Parameters,
  options: Omit<ErrorOptions, 'kernel'>,
): ErrorStatistic[] {
  const kernel = summingKernel();
  return statisticsOf(estimates, truth, { ...options, ...(kernel && { kernel }) });
}

let kernel: SummingKernel | null | undefined;

/** One kernel per thread, created on first use; undefined if it is not built or not wanted. */
export function summingKernel(): SummingKernel | undefined {
  if (kernel === undefined) kernel = simdSums(withoutSimd() ? undefined : readKernel('metrics')) ?? null;
  return kernel ?? undefined;
}
