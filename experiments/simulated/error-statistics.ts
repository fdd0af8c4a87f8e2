import type { Metric, SummingKernel } from '../../src/contracts/metric.ts';
import type { Estimates, Parameters } from '../../src/contracts/voxels.ts';
import { readKernel, withoutSimd } from '../../src/kernels/read-kernel.ts';
import {
  errorStatistics as statisticsOf,
  type ErrorOptions,
  type ErrorStatistic,
} from '../../src/metrics/resampling/error-statistics.ts';
import { simdSums } from '../../src/metrics/weighted/simd-sums.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';

export type { ErrorStatistic };

/** Every metric that the program finds, of every parameter that the fitter estimates, over some voxels. */
export async function errorStatistics(
  estimates: Estimates,
  truth: Parameters,
  options: Omit<ErrorOptions, 'metrics' | 'kernel'>,
): Promise<ErrorStatistic[]> {
  const kernel = summingKernel();
  return statisticsOf(estimates, truth, {
    ...options,
    metrics: await everyMetric(),
    ...(kernel && { kernel }),
  });
}

let kernel: SummingKernel | null | undefined;

/** One per thread, made when it is first needed; undefined where it is not built or not wanted. */
export function summingKernel(): SummingKernel | undefined {
  if (kernel === undefined) kernel = simdSums(withoutSimd() ? undefined : readKernel('metrics')) ?? null;
  return kernel ?? undefined;
}

/** By the name their rows carry: `median_absolute_error`. */
async function everyMetric(): Promise<[string, Metric][]> {
  const loaded = await Promise.all(metricNames().map((name) => loadMetric(name)));
  return loaded.map(({ name, value }) => [name.replaceAll('-', '_'), value]);
}
