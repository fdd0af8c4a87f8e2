import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { AUC_DIFFERENCE } from '../measures/classification.ts';
import { byName } from './reading/series.ts';

const table: Table = {
  title: 'Differences between classifiers',
  order: 3,
  caption:
    'AUC on the population less that of another classifier trained on the same splits: mean over splits, with a 95 % interval that accounts for ' +
    'the variation between splits and, by DeLong’s paired variance, for the size of the population.',
  build(rows) {
    const found = rows.filter(({ metric }) => metric === AUC_DIFFERENCE.name);
    if (found.length === 0) return null;
    const lines = found
      .toSorted(
        (a, b) =>
          byName(a.method, b.method) ||
          byName(String(a.factors.compared_with), String(b.factors.compared_with)),
      )
      .map(({ method, factors, value, ciLow, ciHigh, n }) => ({
        values: [
          nameOf(method, factors),
          String(factors.compared_with),
          { value, low: ciLow, high: ciHigh },
          n,
        ],
      }));
    return {
      columns: [
        { name: 'method', label: 'Classifier' },
        { name: 'compared_with', label: 'Compared with' },
        { name: 'auc_difference', label: 'Difference of AUC', decimals: 4 },
        { name: 'cases', label: 'Cases' },
      ],
      lines,
    };
  },
};
export default table;

/** A classifier with its condition, as `compared_with` has the other. */
const nameOf = (method: string, { condition, training_cases: cases }: Row['factors']): string =>
  [
    method,
    ...(condition === undefined ? [] : [condition]),
    ...(cases === undefined ? [] : [`${cases} cases`]),
  ].join(', ');
