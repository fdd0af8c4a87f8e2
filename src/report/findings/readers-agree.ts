import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT, ICC2 } from '../../measures/agreement.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { agreementLines } from '../../tables/reading/agreement-lines.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import { isIdeal } from '../../tables/reading/session-display.ts';
import type { StoredRun } from '../../contracts/stored-run.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { againstRange, CV, ICC, spread } from '../phrases/reported-range.ts';

/** Agreement of readers by the region means of each fitter, compared with the abstract. */
const readersAgree: FindingOf = ({ rows, manifest }) => {
  const all = agreementLines(rows, [ICC2.name]);
  const lines = all.filter(({ session }) => !isIdeal(session));
  const found = againstRange(lines, ICC, nameOf(manifest, 'dnn'));
  const ideal = spread(
    all.filter(({ session, method }) => isIdeal(session) && method !== TRUTH),
    ICC,
  );
  const truth = spread(
    lines.filter(({ method }) => method === TRUTH),
    ICC,
  );
  const why =
    truth === null
      ? ['The people, the readers and perhaps the form of ICC differ from the study’s.']
      : [
          `Unlike the study’s, these people and readers are virtual${ideal === null ? '. Readers differ only in how they move, resize and distort contours, in images without artefacts' : ''}. The ICC of the true means inside what they drew is ${truth}.`,
          ...(ideal === null
            ? []
            : [
                `Discs, motion and variation of tissue were chosen so that agreement and variation come out near what the study reports: a plausible account of how such numbers arise, not a validation. Ideal readers, who draw whole organs of the same people in images without motion, agree with an ICC of ${ideal} by the same fitters.`,
              ]),
        ];
  return {
    reported: paperClaims.readers.text,
    source: paperClaims.readers.source,
    found: found.length > 0 ? [...found, ...why] : [],
    otherwise: 'This run has no agreement between readers.',
  };
};
export default {
  order: 21,
  against: 'paper',
  experiments: ['volunteers'],
  find: readersAgree,
  answer: inShort,
} satisfies FindingSource;

/** Agreement of readers and variation between people, over all fitters. */
function inShort({ rows }: StoredRun): string | undefined {
  const isFitter = ({ method }: { readonly method: string }) => method !== TRUTH;
  const read = (metric: string) => agreementLines(rows, [metric]).filter(({ session }) => !isIdeal(session));
  const icc = spread(read(ICC2.name).filter(isFitter), ICC);
  const lines = read(CV_PERCENT.name);
  const cv = spread(lines.filter(isFitter), CV);
  if (icc === null || cv === null) return undefined;
  const truth = spread(
    lines.filter((line) => !isFitter(line)),
    CV,
  );
  const known = truth === null ? '' : `; their true CV is ${truth}`;
  return `Over all fitters, parameters and fields, two readers agree with an ICC(2,1) of ${icc}, and people differ by a CV of ${cv}${known}.`;
}
