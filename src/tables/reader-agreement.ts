import type { Row } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import {
  BLAND_ALTMAN,
  F_TWO_WAY,
  ICC2,
  ICC_MEASURES,
  P_TWO_WAY,
  REPEATABILITY,
  WCV_PERCENT,
} from '../measures/agreement.ts';
import { quantityOf } from '../measures/quantities.ts';
import { aboutLine, agreementLines, intervalOf, type AgreementLine } from './reading/agreement-lines.ts';
import { withInterval } from './reading/with-interval.ts';

const OTHERS = [WCV_PERCENT, REPEATABILITY, F_TWO_WAY, P_TWO_WAY, ICC2.withinRegions];

const table: Table = {
  title: 'Agreement between readers, all statistics',
  order: 2.3,
  beside: 'reader-agreement',
  caption:
    'All six forms of Shrout and Fleiss over all regions of all people, which mostly say that organs differ; ICC(2,1) within regions, which ' +
    'says whether readers tell people apart; the F test of the two-way forms; the coefficient of variation within one region of one person, the ' +
    'repeatability coefficient (95 % of differences between two readers are expected below it), and Bland and Altman’s mean difference ' +
    'and limits of agreement. Intervals are 95 % jackknife intervals over people. `truth` is the agreement of the true means over the readers’ regions.',
  build(rows) {
    const lines = agreementLines(
      rows,
      [...ICC_MEASURES, ...OTHERS].map(({ name }) => name),
    );
    if (!lines.some((line) => line.rows.has(ICC2.name))) return null;
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        ...ICC_MEASURES.map(({ name, label }) => ({ name, label, digits: 4 })),
        { name: 'icc2_within_regions', label: 'ICC(2,1) within regions', digits: 3 },
        { name: 'f', label: 'F' },
        { name: 'p', label: 'p', digits: 2 },
        { name: 'within_cv_percent', label: 'CV within (%)' },
        { name: 'repeatability', label: 'Repeatability', scaled: true },
        { name: 'mean_difference', label: 'Mean difference', scaled: true, digits: 2 },
        { name: 'lower_limit', label: 'Lower limit', scaled: true, digits: 2 },
        { name: 'upper_limit', label: 'Upper limit', scaled: true, digits: 2 },
      ],
      lines: lines.map((line) => ({
        scale: quantityOf(line.parameter).scale,
        values: [
          ...aboutLine(line),
          ...ICC_MEASURES.map(({ name }) => intervalOf(line, name)),
          intervalOf(line, ICC2.withinRegions.name),
          line.rows.get(F_TWO_WAY.name)?.value ?? null,
          line.rows.get(P_TWO_WAY.name)?.value ?? null,
          intervalOf(line, WCV_PERCENT.name),
          intervalOf(line, REPEATABILITY.name),
          ...BLAND_ALTMAN.map(({ name }) => difference(rows, line, name)),
        ],
      })),
    };
  },
};
export default table;

/** Of the first pair of readers; with more than two, all pairs are in the table of everything. */
function difference(rows: readonly Row[], line: AgreementLine, metric: string): ValueWithInterval | null {
  const { method, session, parameter } = line;
  const row = rows.find(
    (each) =>
      each.metric === metric &&
      each.method === method &&
      each.parameter === parameter &&
      each.factors.session === session,
  );
  return withInterval(row);
}
