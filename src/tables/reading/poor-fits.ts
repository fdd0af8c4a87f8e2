import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { POOR_FIT_FRACTION } from '../../measures/errors.ts';
import { byName } from './series.ts';

/** What the voxels of a row hold; '' in studies that do not vary it. */
export const signalsOf = (row: Row): string => String(row.factors.signals ?? '');

/** The shares of poor fits of a run. */
export const poorFitsOf = (rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.metric === POOR_FIT_FRACTION.name && Number.isFinite(row.value));

/** A kind of signals of a model check, as its config lists it. */
export interface ListedKind {
  readonly name: string;
  /** Normal tissue, where a poor fit is a false alarm. */
  readonly normal: boolean;
}

/** The kinds of signals of the rows in the order of the config, then by name. */
export function kindsOf(rows: readonly Row[], { config }: Pick<RunManifest, 'config'>): ListedKind[] {
  const { signals } = config as { readonly signals?: unknown };
  const listed = Array.isArray(signals) ? (signals as readonly Partial<ListedKind>[]) : [];
  const names = [...new Set(rows.map(signalsOf))].sort(byName);
  const place = (name: string) => {
    const found = listed.findIndex((kind) => kind.name === name);
    return found < 0 ? listed.length : found;
  };
  return names
    .sort((a, b) => place(a) - place(b))
    .map((name) => ({ name, normal: listed[place(name)]?.normal === true }));
}
