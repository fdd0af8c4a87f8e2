import type { Row } from '../contracts/metric.ts';

/** Identifies a gated value within a run. */
export type GatedValueId = Pick<Row, 'experiment' | 'method' | 'factors' | 'parameter' | 'metric'>;

/** A gated value of a run: one number, or, for a fitter that trains, one per training seed. */
export type GatedValue = GatedValueId & {
  /** Number of voxels it was measured on. */
  readonly n: number;
} & (
    | { readonly kind: 'deterministic'; readonly value: number }
    | { readonly kind: 'trained'; readonly values: readonly number[] }
  );

/** Returns a key that does not depend on the order of factors. */
export const gatedValueKey = ({ experiment, method, factors, parameter, metric }: GatedValueId): string =>
  JSON.stringify([experiment, method, Object.entries(factors).sort(), parameter, metric]);

/**
 * Describes a gated value: `rmse of f, ls, snr 20`.
 * @param parameter display name of the parameter
 */
export function gatedValueName(id: GatedValueId, parameter = id.parameter): string {
  const of = parameter === '' ? '' : ` of ${parameter}`;
  return [`${id.metric}${of}`, id.method, ...factorWords(id)].join(', ');
}

/** `snr 20`, … */
export const factorWords = ({ factors }: Pick<GatedValueId, 'factors'>): string[] =>
  Object.keys(factors)
    .sort()
    .map((name) => `${name} ${factors[name]}`);
