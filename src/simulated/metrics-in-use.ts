import type { Metric } from '../contracts/metric.ts';
import { loadMetric, metricNames } from '../plugins/discover.ts';
import { metricsOf } from '../plugins/metrics-of.ts';
import { isOwn } from '../plugins/plugin-failure.ts';
import { ownMetric } from './own-metric.ts';

/** A metric in the input of a cell, so that the cell's key covers its code. */
export interface MetricInUse {
  /** Name of its file, or the path that the config gives. */
  readonly use: string;
  /** `file:` URL of its module. */
  readonly module: string;
}

/** Returns the built-in metrics and those of the config. */
export async function metricsInUse(own: readonly MetricInUse[] = []): Promise<MetricInUse[]> {
  const kept = await Promise.all(
    metricNames().map(async (name) => ({ use: name, module: (await loadMetric(name)).module.href })),
  );
  return [...kept, ...own];
}

/** Loads metrics, by the name their rows carry: `median_absolute_error`. */
export async function loadMetrics(metrics: readonly MetricInUse[]): Promise<ReadonlyMap<string, Metric>> {
  const loaded = await Promise.all(metrics.map(({ module }) => loadMetric(module)));
  return new Map(
    loaded.flatMap((plugin) =>
      [...metricsOf(plugin)].map(([name, metric]) => [
        name,
        isOwn(plugin.module) ? ownMetric(plugin.module, name, metric) : metric,
      ]),
    ),
  );
}
