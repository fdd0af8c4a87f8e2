import type { Row } from '../contracts/metric.ts';
import type { Line, Table } from '../contracts/table.ts';
import {
  FALSE_POSITIVES,
  FROC_SENSITIVITY,
  LESIONS,
  SENSITIVITY_AT_ONE,
} from '../measures/lesion-detection.ts';
import { withInterval } from './reading/with-interval.ts';

/** Columns of sensitivity beside that at one. */
const RATES = [0.25, 4] as const;

const table: Table = {
  title: 'Lesions found',
  order: 1.3,
  beside: 'froc',
  caption:
    'Share of the lesions that are found with at most so many false positives per scan, and false positives where every candidate counts, with 95 % bootstrap intervals over people. ' +
    'Brightness is told the true liver, which networks are not.',
  build(rows) {
    const at = rows.filter(({ metric }) => metric === SENSITIVITY_AT_ONE.name);
    if (at.length === 0) return null;
    const of = (method: string, wanted: (row: Row) => boolean) =>
      withInterval(rows.find((row) => row.method === method && wanted(row)));
    return {
      columns: [
        { name: 'method', label: 'Method' },
        { name: 'sensitivity_at_1_fp', label: 'Sensitivity at 1 per scan', decimals: 2 },
        ...RATES.map((rate) => ({ name: `sensitivity_at_${rate}`, label: `at ${rate}`, decimals: 2 })),
        { name: 'false_positives', label: 'False positives per scan, all candidates', decimals: 1 },
        { name: 'lesions', label: 'Lesions' },
        { name: 'people', label: 'People' },
      ],
      lines: at.map(({ method, n, ...row }): Line => ({
        values: [
          method,
          withInterval({ method, n, ...row }),
          ...RATES.map((rate) =>
            of(
              method,
              ({ metric, factors }) => metric === FROC_SENSITIVITY.name && factors.false_positives === rate,
            ),
          ),
          of(method, ({ metric }) => metric === FALSE_POSITIVES.name),
          rows.find(({ metric, method: whose }) => metric === LESIONS.name && whose === method)?.value ??
            null,
          n,
        ],
      })),
    };
  },
};
export default table;
