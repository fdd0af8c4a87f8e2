import type { Row } from '../../contracts/metric.ts';
import { byName } from './series.ts';

/** The protocol a row was measured at; '' where its study has only one, which rows don't say. */
export const protocolOf = (row: Row): string => String(row.factors.protocol ?? '');

/** The protocols of some rows, each once; `['']` where they don't say any. */
export const protocolsOf = (rows: readonly Row[]): string[] =>
  [...new Set(rows.map(protocolOf))].sort(byName);
