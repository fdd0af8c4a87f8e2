import type { Metric } from '../../src/contracts/metric.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';
import { metricsOf } from '../../src/plugins/metrics-of.ts';

/** All metrics by the name their rows carry. */
export async function everyMetric(): Promise<Map<string, Metric>> {
  const loaded = await Promise.all(metricNames().map((name) => loadMetric(name)));
  return new Map(loaded.flatMap((plugin) => [...metricsOf(plugin)]));
}
