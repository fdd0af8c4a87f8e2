import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import type { Variant } from '../../contracts/study.ts';
import { CORRELATION_BETWEEN, ERROR_CORRELATION_BETWEEN } from '../../measures/errors.ts';
import { numericFactor } from './factor.ts';
import { fittersOf, type RecordedFitter } from './fitters-of.ts';

/** A fitter of a run with the values of the settings that the run varies. */
export interface Implementation {
  readonly name: string;
  /** The name of the fitter without those values. */
  readonly of: string;
  readonly factors: Readonly<Record<string, string>>;
}

/** The implementations of a run that varies settings; none where it varies none. */
export function implementationsOf(manifest: Pick<RunManifest, 'config'>): Implementation[] {
  const fitters = fittersOf(manifest) as (RecordedFitter & { readonly variant?: Variant })[];
  if (!fitters.some(({ variant }) => variant !== undefined)) return [];
  return fitters.map(({ name, variant }) => ({
    name,
    of: variant?.of ?? name,
    factors: variant?.factors ?? {},
  }));
}

/** The settings that are varied, in the order in which they occur. */
export const factorsOf = (implementations: readonly Implementation[]): string[] => [
  ...new Set(implementations.flatMap(({ factors }) => Object.keys(factors))),
];

/** The correlations between fitters that are of one noise level, of estimates and of errors. */
export const correlationRows = (rows: readonly Row[]): Row[] =>
  rows.filter(
    (row) =>
      (row.metric === CORRELATION_BETWEEN.name || row.metric === ERROR_CORRELATION_BETWEEN.name) &&
      Number.isFinite(numericFactor(row, 'snr')),
  );

/** A row with the fitters of a correlation, whichever way round. */
export const pairKey = (one: string, other: string): string =>
  one < other ? `${one}\n${other}` : `${other}\n${one}`;

export const pairOf = (row: Row): string => pairKey(row.method, String(row.factors.compared_with));

/** Fitters of correlations, in the order of the config. */
export function correlatedFitters(rows: readonly Row[], manifest: Pick<RunManifest, 'config'>): string[] {
  const found = new Set(rows.flatMap((row) => [row.method, String(row.factors.compared_with)]));
  return [...new Set([...fittersOf(manifest).map(({ name }) => name), ...found])].filter((name) =>
    found.has(name),
  );
}
