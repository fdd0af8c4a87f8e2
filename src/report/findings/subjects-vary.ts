import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT } from '../../measures/agreement.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import {
  agreementLines,
  counterpart,
  intervalOf,
  type AgreementLine,
} from '../../tables/reading/agreement-lines.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import { isIdeal } from '../../tables/reading/session-display.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { againstRange, CV, placeWords, spread } from '../phrases/reported-range.ts';

/** Variation between people by the region means of each fitter, compared with the abstract. */
const subjectsVary: FindingOf = ({ rows, manifest }) => {
  const [dnn, ls] = [nameOf(manifest, 'dnn'), nameOf(manifest, 'ls')];
  const lines = agreementLines(rows, [CV_PERCENT.name]).filter(({ session }) => !isIdeal(session));
  const found = againstRange(lines, CV, dnn);
  const truth = spread(
    lines.filter(({ method }) => method === TRUTH),
    CV,
  );
  const why =
    truth === null
      ? ['The people differ from the study’s.']
      : [
          `Unlike the study’s, these people are virtual, and the config sets how much they differ. Their true CV is ${truth}; that of the study’s volunteers is not known.`,
        ];
  return {
    reported: paperClaims.subjects.text,
    source: paperClaims.subjects.source,
    found: found.length > 0 ? [...found, ...networkAndLeastSquares(lines, dnn, ls), ...why] : [],
    otherwise: 'This run has no variation between people.',
  };
};
export default {
  order: 22,
  against: 'paper',
  experiments: ['volunteers'],
  find: subjectsVary,
} satisfies FindingSource;

/** Compares the CV of the network with that of least squares. */
function networkAndLeastSquares(
  lines: readonly AgreementLine[],
  dnn: string | undefined,
  ls: string | undefined,
): string[] {
  const value = (line: AgreementLine) => intervalOf(line, CV_PERCENT.name)?.value ?? NaN;
  const pairs = lines
    .filter(({ method }) => method === dnn)
    .flatMap((network) => {
      const other = counterpart(lines, network, ls);
      return other && Number.isFinite(value(network) - value(other)) ? [{ network, other }] : [];
    });
  if (pairs.length === 0) return [];
  const all = pairs.map(({ network }) => network);
  const lower = pairs
    .filter(({ network, other }) => value(network) < value(other))
    .map(({ network }) => network);
  const higher = all.filter((line) => !lower.includes(line));
  if (lower.length === 0) return [`The CV of ${dnn} is nowhere lower than that of ${ls}.`];
  const more = higher.length > 0 ? `; it is not ${placeWords(higher, all)}` : '';
  return [`The CV of ${dnn} is lower than that of ${ls} ${placeWords(lower, all)}${more}.`];
}
