import { TRUTH } from '../../contracts/metric.ts';
import { ICC2 } from '../../measures/agreement.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { volunteerClaims } from '../../tables/published/volunteer-claims.ts';
import { agreementLines } from '../../tables/reading/agreement-lines.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { againstRange, spread, type ReportedRange } from '../phrases/reported-range.ts';

const ICC: ReportedRange = { metric: ICC2.name, scale: 100, range: volunteerClaims.iccPercent, digits: 4 };

/** How far readers agree by the region means of each fitter, beside what the abstract reports. */
const readersAgree: FindingOf = ({ rows, manifest }) => {
  const lines = agreementLines(rows, [ICC2.name]);
  const found = againstRange(lines, ICC, nameOf(manifest, 'dnn'));
  const truth = spread(
    lines.filter(({ fitter }) => fitter === TRUTH),
    ICC,
  );
  const why =
    truth === null
      ? ['These are other people, other readers and perhaps another form of ICC than the study’s.']
      : [
          `Where this differs from the study: these people and readers are virtual, not real. The readers err only as far as the config lets them (contours moved, resized and wavering), in images without motion or artefacts, and average over whole organs. Had they read off the truth, their ICC would be ${truth}.`,
        ];
  return {
    reported: paperClaims.readers.text,
    source: paperClaims.readers.source,
    found: found.length > 0 ? [...found, ...why] : [],
    otherwise: 'This run has no agreement between readers.',
  };
};
export default { order: 21, experiments: ['volunteers'], find: readersAgree } satisfies FindingSource;
