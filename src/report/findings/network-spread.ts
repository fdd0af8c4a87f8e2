import { PARAMETERS } from '../../contracts/voxels.ts';
import { studyFitter } from '../../tables/published/study-fitters.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { quantityOf } from '../../measures/quantities.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { rmseLookup, comparable } from '../phrases/against-study.ts';

/** Is `dnn` at SNR 20 in the range of the study's code over seeds? */
const networkSpread: FindingOf = ({ rows, manifest }) => {
  const rmse = rmseLookup(rows);
  const dnn = studyFitter(manifest, 'dnn');
  const { snr: wanted, range, text, source } = paperClaims.network;
  const snr = rmse.snrs.find((candidate) => Math.abs(candidate / wanted - 1) < 1e-4);
  const found = PARAMETERS.flatMap((parameter) => {
    const value = snr === undefined ? NaN : rmse.at(dnn, parameter, snr);
    if (!comparable(manifest) || Number.isNaN(value)) return [];
    const { scale, shownUnit: unit } = quantityOf(parameter);
    const [low, high] = range[parameter];
    const place = value < low ? 'below that range' : value > high ? 'above that range' : 'inside that range';
    const shown = `${numberText(value * scale, 3)}${unit === 'fraction' ? '' : ` ${unit}`}`;
    return [`${parameter}: ${shown}, ${place}.`];
  });
  return {
    reported: text,
    source,
    found,
    otherwise: 'This run does not have dnn with the study’s settings at SNR 20.',
  };
};
export default {
  order: 5,
  against: 'code',
  experiments: ['phantom'],
  find: networkSpread,
} satisfies FindingSource;
