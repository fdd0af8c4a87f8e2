import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT } from '../../measures/agreement.ts';
import { CORRELATION_WITHIN_REGIONS, SLOPE_WITHIN_REGIONS } from '../../measures/regions.ts';
import { agreementLines, intervalOf, type AgreementLine } from '../../tables/reading/agreement-lines.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { sessionText } from '../../tables/reading/session-display.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

const SLOPE = SLOPE_WITHIN_REGIONS.name;
const CORRELATION = CORRELATION_WITHIN_REGIONS.name;

/** Below this slope, half of a difference between people is lost, or more. */
const HALF = 0.5;

/** Which fitters have a small CV because they don't see the differences there are. */
const smallVariation: FindingOf = ({ rows }) => {
  const all = agreementLines(rows, [CV_PERCENT.name, SLOPE, CORRELATION]);
  const known = all.filter((line) => line.rows.has(SLOPE));
  const shrunk = known.flatMap((line) => {
    const truth = all.find(
      ({ fitter, session, parameter }) =>
        fitter === TRUTH && session === line.session && parameter === line.parameter,
    );
    const [cv, trueCv] = [of(line, CV_PERCENT.name), truth ? of(truth, CV_PERCENT.name) : NaN];
    const [slope, correlation] = [of(line, SLOPE), of(line, CORRELATION)];
    if (!(slope < HALF && cv < trueCv)) return [];
    const linked = Number.isFinite(correlation) ? ` and correlates with ${numberText(correlation, 2)}` : '';
    return [
      `${line.parameter} at ${sessionText(line.session)}: ${line.fitter} has a CV of ${numberText(cv, 2)} % where people truly differ by ${numberText(trueCv, 2)} %, and follows their differences with a slope of ${numberText(slope, 2)}${linked}.`,
    ];
  });
  return {
    reported:
      'A small variation between people speaks for a fitter only if it is not bought by giving everybody the same answer. Real people can’t tell the two apart, since nobody knows what is true of them.',
    source:
      'the virtual volunteers of this program: a slope of 1 on the truth finds differences in full, 0 finds none',
    found:
      known.length === 0
        ? []
        : shrunk.length > 0
          ? shrunk
          : ['Every fitter finds at least half of the differences that there are between people.'],
    otherwise: 'What is true of these people is not known.',
  };
};
export default { order: 23, experiments: ['volunteers'], find: smallVariation } satisfies FindingSource;

const of = (line: AgreementLine, metric: string): number => intervalOf(line, metric)?.value ?? NaN;
