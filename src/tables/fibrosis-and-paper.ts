import type { Table } from '../contracts/table.ts';
import { AUC, AUC_MEDIAN } from '../measures/classification.ts';
import { FAN_2022 } from './published/fan-2022.ts';
import { classifierLines, isNetwork, summaryRow } from './reading/classifiers.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'The paper and this run',
  order: 1.5,
  caption:
    `AUC of a 3D CNN as Fan 2022 reports it for ${FAN_2022.patients} patients, and of the networks of this run, trained under the ` +
    'settings of the study: median over splits and seeds, with the lowest and the highest. Other cases, so the numbers need not agree. ' +
    'The last column is the mean width of DeLong’s 95 % interval of one test set: what so few cases can show of a classifier.',
  build(rows) {
    const own = rows.filter(({ experiment }) => experiment === 'liver-fibrosis');
    const lines = classifierLines(own).filter((line) => line.condition === '' && isNetwork(line));
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'method', label: 'Network' },
        { name: 'test_cases', label: 'Test cases' },
        { name: 'auc_train', label: 'AUC, training', decimals: 3 },
        { name: 'auc_test', label: 'AUC, test', decimals: 3 },
        { name: 'interval_width', label: 'Width of one test set’s 95 % interval', decimals: 3 },
      ],
      lines: [
        { values: ['Fan 2022 (published)', FAN_2022.testCases, FAN_2022.train, FAN_2022.test, null] },
        ...lines.map((line) => {
          const [train, test] = ['train', 'test'].map((set) => summaryRow(line, AUC_MEDIAN.name, set));
          const widths = line.rows
            .filter(
              ({ metric, factors }) => metric === AUC.name && factors.set === 'test' && 'split' in factors,
            )
            .map(({ ciLow, ciHigh }) => ciHigh - ciLow)
            .filter(Number.isFinite);
          const width = widths.reduce((sum, each) => sum + each, 0) / widths.length;
          return {
            values: [
              line.method,
              test?.n ?? null,
              withInterval(train),
              withInterval(test),
              widths.length > 0 ? width : null,
            ],
          };
        }),
      ],
    };
  },
};
export default table;
