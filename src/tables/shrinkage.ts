import { TRUTH } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { CV_PERCENT } from '../measures/agreement.ts';
import { quantityOf } from '../measures/quantities.ts';
import {
  CORRELATION_WITHIN_REGIONS,
  CORRELATION_WITH_TRUTH,
  ROI_BIAS,
  SLOPE_ON_TRUTH,
  SLOPE_WITHIN_REGIONS,
} from '../measures/regions.ts';
import { aboutLine, agreementLines, counterpart, intervalOf } from './reading/agreement-lines.ts';

const METRICS = [
  CV_PERCENT.name,
  CORRELATION_WITHIN_REGIONS.name,
  SLOPE_WITHIN_REGIONS.name,
  CORRELATION_WITH_TRUTH.name,
  SLOPE_ON_TRUTH.name,
  ROI_BIAS.name,
];

const table: Table = {
  title: 'Is a small variation good?',
  order: 2.2,
  beside: 'against-truth',
  caption:
    'A fitter that returns the same estimate for everybody has a low CV. This table reports each CV with the true CV of the same voxels, ' +
    'and the correlation and slope of region means on the truth: 1 if differences between people are fully recovered, 0 if they are not ' +
    'recovered. Within regions only differences between people count; over all regions also those between regions. Bias is the mean of ' +
    'estimate minus truth. Intervals are 95 % jackknife intervals over people. The truth is known only for virtual people.',
  build(rows) {
    const all = agreementLines(rows, METRICS);
    const lines = all.filter((line) => line.method !== TRUTH && line.rows.has(SLOPE_ON_TRUTH.name));
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        { name: 'cv_percent', label: 'CV (%)' },
        { name: 'true_cv_percent', label: 'True CV (%)' },
        { name: 'slope_within_regions', label: 'Slope within regions', digits: 2 },
        { name: 'correlation_within_regions', label: 'Correlation within regions', digits: 2 },
        { name: 'slope', label: 'Slope over all', digits: 2 },
        { name: 'correlation', label: 'Correlation over all', digits: 2 },
        { name: 'bias', label: 'Bias', scaled: true, digits: 2 },
      ],
      lines: lines.map((line) => {
        const truth = counterpart(all, line, TRUTH);
        return {
          scale: quantityOf(line.parameter).scale,
          values: [
            ...aboutLine(line),
            intervalOf(line, CV_PERCENT.name),
            truth ? intervalOf(truth, CV_PERCENT.name) : null,
            intervalOf(line, SLOPE_WITHIN_REGIONS.name),
            intervalOf(line, CORRELATION_WITHIN_REGIONS.name),
            intervalOf(line, SLOPE_ON_TRUTH.name),
            intervalOf(line, CORRELATION_WITH_TRUTH.name),
            intervalOf(line, ROI_BIAS.name),
          ],
        };
      }),
    };
  },
};
export default table;
