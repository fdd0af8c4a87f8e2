import type { Row } from '../../contracts/metric.ts';

/**
 * Returns rows without those of single runs of repeated trainings, which have figures and tables of their own: ten runs of one
 * network would be ten series beside the other fitters. Rows of networks under conditions they were not trained for are omitted
 * too.
 */
export const withoutRuns = (rows: readonly Row[]): Row[] =>
  rows.filter(({ factors }) => factors.run === undefined && factors.used_on === undefined);
