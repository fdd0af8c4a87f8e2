import { PARAMETERS } from '../../contracts/voxels.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { floorOf } from '../../tables/reading/reference-fitter.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { referenceDifference, rmseLookup, comparable, voxelsNote } from '../phrases/against-study.ts';

/** Compares `mmse` with the floor computed elsewhere, and the network with `mmse`. */
const bayesFloor: FindingOf = ({ rows, manifest }) => {
  const rmse = rmseLookup(rows);
  const [floor, dnn] = [floorOf(manifest), nameOf(manifest, 'dnn')];
  const checked = comparable(manifest)
    ? PARAMETERS.flatMap((parameter) =>
        referenceDifference(rmse, floor, 'bayesFloor', parameter).map(
          (text) => `${floor} against the reference, ${text}`,
        ),
      )
    : [];
  const above = PARAMETERS.flatMap((parameter) => {
    const ratios = rmse.snrs
      .map((snr) => 100 * (rmse.at(dnn, parameter, snr) / rmse.at(floor, parameter, snr) - 1))
      .filter(Number.isFinite);
    if (ratios.length === 0) return [];
    const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((percent) =>
      numberText(Math.round(percent), 2),
    );
    return [`${dnn} lies ${low === high ? low : `${low} to ${high}`} % above ${floor} in ${parameter}.`];
  });
  return {
    reported: paperClaims.floor.text,
    source: paperClaims.floor.source,
    found: [...checked, ...(checked.length > 0 ? voxelsNote(manifest) : []), ...above],
    otherwise: 'This run has neither mmse on the study’s tissue and b-values nor mmse and dnn together.',
  };
};
export default {
  order: 6,
  against: 'reference',
  experiments: ['phantom'],
  general: true,
  find: bayesFloor,
} satisfies FindingSource;
