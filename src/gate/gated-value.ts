import type { Row } from '../contracts/metric.ts';

/** What tells one figure of a run from the others. */
export type GatedValueId = Pick<Row, 'experiment' | 'method' | 'factors' | 'parameter' | 'metric'>;

/** A figure of a run: one number, or, where a fitter trains, one for each of the seeds it was trained from. */
export type GatedValue = GatedValueId & {
  /** Voxels it was measured on. */
  readonly n: number;
} & (
    | { readonly kind: 'deterministic'; readonly value: number }
    | { readonly kind: 'trained'; readonly values: readonly number[] }
  );

/** The same for the same figure, whatever the order of its factors. */
export const gatedValueKey = ({ experiment, method, factors, parameter, metric }: GatedValueId): string =>
  JSON.stringify([experiment, method, Object.entries(factors).sort(), parameter, metric]);

/**
 * The figure in words: `rmse of f, ls, snr 20`.
 * @param parameter as it is called
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
