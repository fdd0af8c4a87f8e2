import type { Row } from '../contracts/metric.ts';
import { compareRows } from '../contracts/row-order.ts';
import type { RunManifest, StoredRun } from '../contracts/stored-run.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { GATED_METRICS } from './gated-metric.ts';
import { gatedValueKey, type GatedValue, type GatedValueId } from './gated-value.ts';

/** Factors that distinguish trainings which differ only in their seed. */
const SEED_FACTORS: readonly string[] = ['repeat', 'run'];

/**
 * Returns the gated values of a run, in the order of its rows. Values of repeats of one fitter, and of rows that differ only in
 * the factor `repeat` or `run`, are combined into one. A fitter with a training curve counts as trained even if it was trained
 * only once.
 */
export function gatedValuesOf({ rows, manifest }: Pick<StoredRun, 'rows' | 'manifest'>): GatedValue[] {
  const together = new Map(entriesOf(manifest).map(({ name, repeat }) => [name, repeat?.of]));
  const learns = new Set(
    rows.filter(({ metric }) => metric === TRAINING_LOSS.name).map(({ method }) => method),
  );
  const found = new Map<string, { id: GatedValueId; trained: boolean; rows: Row[] }>();
  for (const row of rows) {
    if (!GATED_METRICS.has(row.metric)) continue;
    const factors = Object.fromEntries(
      Object.entries(row.factors).filter(([name]) => !SEED_FACTORS.includes(name)),
    );
    const again = SEED_FACTORS.some((name) => name in row.factors);
    const { experiment, parameter, metric } = row;
    const method = together.get(row.method) ?? row.method;
    const id = { experiment, method, factors, parameter, metric };
    const key = gatedValueKey(id);
    const collected = found.get(key) ?? { id, trained: false, rows: [] };
    collected.trained ||= again || method !== row.method || learns.has(row.method);
    collected.rows.push(row);
    found.set(key, collected);
  }
  return [...found.values()]
    .filter(({ id, trained }) => !trained || GATED_METRICS.get(id.metric)!.overSeeds)
    .map(({ id, trained, rows }): GatedValue => {
      const values = rows.map(({ value }) => value);
      const { n } = rows[0];
      return trained
        ? { ...id, n, kind: 'trained', values }
        : { ...id, n, kind: 'deterministic', value: values[0] };
    })
    .sort(compareGatedValues);
}

/** Orders gated values like rows. */
export const compareGatedValues = (a: GatedValueId, b: GatedValueId): number =>
  compareRows({ ...EMPTY, ...a }, { ...EMPTY, ...b });

const EMPTY = { value: NaN, ciLow: NaN, ciHigh: NaN, unit: '', n: 0 };

/** Returns the fitters of a run's config. */
export function entriesOf({
  config,
}: Pick<RunManifest, 'config'>): readonly Pick<FitterEntry, 'name' | 'repeat'>[] {
  return (config as { readonly fitters?: readonly FitterEntry[] } | null)?.fitters ?? [];
}
