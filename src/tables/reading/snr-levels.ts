import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from './factor.ts';

/** The noise levels of rows, the highest SNR first. */
export const snrLevels = (rows: readonly Row[]): number[] =>
  [...new Set(rows.map((row) => numericFactor(row, 'snr')))].sort((a, b) => b - a);
