import type { Row } from '../../contracts/metric.ts';

/**
 * Rows without those of single runs of repeated trainings, which have figures and tables of their own: beside fitters that
 * were fitted once, ten runs of the same network would be ten series.
 */
export const withoutRuns = (rows: readonly Row[]): Row[] =>
  rows.filter(({ factors }) => factors.run === undefined);
