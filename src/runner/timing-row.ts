import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';

/** Whether a row is a time: every row of a time, and no other, names the processor it was measured on. */
export const isTiming = ({ factors }: Row): boolean => 'cpu' in factors;

/** A time with the number of other cells that may have run while it was measured. */
export const timedConcurrently = (row: Row, others: number): Row =>
  isTiming(row) ? { ...row, factors: { ...row.factors, [CONCURRENT_CELLS]: others } } : row;
