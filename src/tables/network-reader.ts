import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { CV_PERCENT, ICC2 } from '../measures/agreement.ts';
import {
  NETWORK_CV,
  NETWORK_CV_DIFFERENCE,
  NETWORK_ICC2,
  NETWORK_ICC2_DIFFERENCE,
} from '../measures/network-reader.ts';
import { aboutLine, agreementLines, intervalOf } from './reading/agreement-lines.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'A network as one more reader',
  order: 2.35,
  caption:
    'ICC(2,1) between the readers, as in the table above; between a network that marked the same people and each reader; the mean of the latter less the ' +
    'ICC between the readers, over the regions that all of them marked; and the variation between people by the readers’ regions and by the network’s. ' +
    'Intervals are 95 % jackknife intervals over people: where that of a difference holds 0, this study does not tell the network from a reader; one of an ICC that reaches to −100 % hangs on a single person. ' +
    'The network was trained on other virtual people of the same kind; people of another kind, or another scanner, may give it more trouble than readers.',
  build(rows) {
    const lines = agreementLines(
      rows,
      [ICC2, CV_PERCENT, NETWORK_ICC2_DIFFERENCE, NETWORK_CV, NETWORK_CV_DIFFERENCE].map(({ name }) => name),
    ).filter((line) => line.rows.has(NETWORK_ICC2_DIFFERENCE.name));
    if (lines.length === 0) return null;
    const single = rows.filter(({ metric }) => metric === NETWORK_ICC2.name);
    const readers = [...new Set(single.map(({ factors }) => String(factors.reader)))].sort();
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        { name: 'icc2', label: 'Readers: ICC (%)', digits: 3 },
        ...readers.map((reader) => ({
          name: `icc2_${reader}`,
          label: `Network and ${reader}: ICC (%)`,
          digits: 3,
        })),
        { name: 'difference', label: 'Difference (points)', digits: 2 },
        { name: 'cv_readers', label: 'Readers: CV (%)', digits: 3 },
        { name: 'cv_network', label: 'Network: CV (%)', digits: 3 },
        { name: 'cv_difference', label: 'Difference of CV (points)', digits: 2 },
      ],
      lines: lines.map((line) => ({
        values: [
          ...aboutLine(line),
          intervalOf(line, ICC2.name, 100),
          ...readers.map((reader) =>
            withInterval(
              single.find(
                (row: Row) =>
                  row.method === line.method &&
                  row.parameter === line.parameter &&
                  row.factors.session === line.session &&
                  row.factors.reader === reader,
              ),
              100,
            ),
          ),
          intervalOf(line, NETWORK_ICC2_DIFFERENCE.name, 100),
          intervalOf(line, CV_PERCENT.name),
          intervalOf(line, NETWORK_CV.name),
          intervalOf(line, NETWORK_CV_DIFFERENCE.name),
        ],
      })),
    };
  },
};
export default table;
