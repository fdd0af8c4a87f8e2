import type { Metric, MetricFamily } from '../contracts/metric.ts';
import type { Plugin } from './discover.ts';

/** Returns the metrics of a file by the name their rows carry: `median_absolute_error`; of a family, each of its metrics. */
export function metricsOf({
  name,
  value,
}: Pick<Plugin<Metric | MetricFamily>, 'name' | 'value'>): ReadonlyMap<string, Metric> {
  return 'family' in value
    ? new Map(Object.entries(value.family))
    : new Map([[name.replaceAll('-', '_'), value]]);
}
