import type { Row } from '../../contracts/metric.ts';
import { byName } from './series.ts';

/** Returns the protocol of a row; '' in a study with a single one, whose rows do not have this factor. */
export const protocolOf = (row: Row): string => String(row.factors.protocol ?? '');

/** Returns the protocols of some rows, each once; `['']` for rows without this factor. */
export const protocolsOf = (rows: readonly Row[]): string[] =>
  [...new Set(rows.map(protocolOf))].sort(byName);
