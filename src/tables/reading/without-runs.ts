import type { Row } from '../../contracts/metric.ts';

/**
 * Rows without those of single runs of repeated trainings, which have figures and tables of their own: beside fitters that
 * were fitted once, ten runs of the same network would be ten series. And without those of networks used under conditions they
 * were not trained under.
 */
export const withoutRuns = (rows: readonly Row[]): Row[] =>
  rows.filter(({ factors }) => factors.run === undefined && factors.used_on === undefined);
