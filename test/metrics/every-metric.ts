import type { Metric } from '../../src/contracts/metric.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';

/** All metrics by the name their rows carry. */
export async function everyMetric(): Promise<Map<string, Metric>> {
  const metrics = new Map<string, Metric>();
  for (const name of metricNames()) metrics.set(name.replaceAll('-', '_'), (await loadMetric(name)).value);
  return metrics;
}
