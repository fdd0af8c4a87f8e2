import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';

/** Whether a row is a time: times, and no other rows, have the factor `cpu`, the processor. */
export const isTiming = ({ factors }: Row): boolean => 'cpu' in factors;

/** Returns a time with the number of other cells that may have run during the measurement. */
export const timedConcurrently = (row: Row, others: number): Row =>
  isTiming(row) ? { ...row, factors: { ...row.factors, [CONCURRENT_CELLS]: others } } : row;
