import { PARAMETERS } from '../../contracts/voxels.ts';
import { studyFitter } from '../../tables/published/study-fitters.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { referenceDifference, rmseLookup, comparable, voxelsNote } from '../phrases/against-study.ts';

/** The difference of the RMSE of `ls` from that of the study's own code. */
const sameLeastSquares: FindingOf = ({ rows, manifest }) => {
  const rmse = rmseLookup(rows);
  const ls = studyFitter(manifest, 'ls');
  const differences = comparable(manifest)
    ? PARAMETERS.flatMap((parameter) => referenceDifference(rmse, ls, 'leastSquares', parameter))
    : [];
  return {
    reported: paperClaims.leastSquares.text,
    source: paperClaims.leastSquares.source,
    found: differences.length > 0 ? [...differences, ...voxelsNote(manifest)] : [],
    otherwise: 'This run does not have ls with the study’s settings.',
  };
};
export default {
  order: 3,
  against: 'code',
  experiments: ['phantom'],
  find: sameLeastSquares,
} satisfies FindingSource;
