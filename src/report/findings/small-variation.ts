import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT } from '../../measures/agreement.ts';
import { CORRELATION_WITHIN_REGIONS, SLOPE_WITHIN_REGIONS } from '../../measures/regions.ts';
import {
  agreementLines,
  counterpart,
  intervalOf,
  type AgreementLine,
} from '../../tables/reading/agreement-lines.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { sessionText } from '../../tables/reading/session-display.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

const SLOPE = SLOPE_WITHIN_REGIONS.name;
const CORRELATION = CORRELATION_WITHIN_REGIONS.name;

/** Below this slope, more than half of a difference between people is lost. */
const HALF = 0.5;

/** Which fitters have a small CV because they lose the differences between people? */
const smallVariation: FindingOf = ({ rows }) => {
  const all = agreementLines(rows, [CV_PERCENT.name, SLOPE, CORRELATION]);
  const known = all.filter((line) => line.rows.has(SLOPE));
  const shrunk = known.flatMap((line) => {
    const truth = counterpart(all, line, TRUTH);
    const [cv, trueCv] = [of(line, CV_PERCENT.name), truth ? of(truth, CV_PERCENT.name) : NaN];
    const [slope, correlation] = [of(line, SLOPE), of(line, CORRELATION)];
    if (!(slope < HALF && cv < trueCv)) return [];
    const linked = Number.isFinite(correlation)
      ? ` and a correlation of ${numberText(correlation, 2)} with it`
      : '';
    return [
      `${line.parameter} at ${sessionText(line.session)}: ${line.method} has a CV of ${numberText(cv, 2)} % where the true CV is ${numberText(trueCv, 2)} %; its estimates have a slope of ${numberText(slope, 2)} on the truth${linked}.`,
    ];
  });
  return {
    reported:
      'A small variation between people favours a fitter only if it still detects the differences between them. This can be measured where the truth is known, in virtual people.',
    source:
      'the true region means of the virtual volunteers: the slope of the estimates on them is 1 if differences are fully recovered and 0 if they are lost',
    found:
      known.length === 0
        ? []
        : shrunk.length > 0
          ? shrunk
          : ['Every fitter recovers at least half of the differences between people (slope 0.5 or more).'],
    otherwise: 'The true values of these people are not known.',
  };
};
export default {
  order: 23,
  against: 'reference',
  experiments: ['volunteers'],
  general: true,
  find: smallVariation,
} satisfies FindingSource;

const of = (line: AgreementLine, metric: string): number => intervalOf(line, metric)?.value ?? NaN;
