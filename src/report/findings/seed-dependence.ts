import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { CV_NET, MEAN_RANK_CORRELATION_DP_F } from '../../measures/repeated-trainings.ts';
import { KAANDORP_SNR, kaandorpNetworks } from '../../tables/published/kaandorp-networks.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { valueText } from '../../tables/reading/readable.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { wordList } from '../phrases/lists-in-words.ts';

/** The variation of networks that differ only in their seed, compared with published values. */
const seedDependence: FindingOf = ({ rows }) => {
  const snr = nearestSnr(rows);
  const level = rows.filter((row) => numericFactor(row, 'snr') === snr);
  const [orig, optim] = kaandorpNetworks.map(
    ({ cvNet, rankCorrelation }) =>
      `${PARAMETERS.map((name) => cvNet[name]).join(', ')}, with a rank correlation of Dp and f of ${rankCorrelation}`,
  );
  return {
    reported: `Over fifty seeds at SNR ${KAANDORP_SNR}, the network of Barbieri 2020 has a CV_NET for D, f and Dp of ${orig}; their improved network has ${optim}.`,
    source: 'Kaandorp et al., Magn Reson Med 2021;86:2250–2265, abstract',
    found: [...new Set(level.map(({ method }) => method))].flatMap((fitter) =>
      sentence(
        level.filter((row) => row.method === fitter),
        snr,
      ),
    ),
    otherwise: 'This run did not train networks on the same voxels from several seeds.',
  };
};
export default {
  order: 15,
  against: 'paper',
  experiments: ['stability'],
  general: true,
  find: seedDependence,
  answer: (run) => seedDependence(run).found[0],
} satisfies FindingSource;

/** @param rows those of one fitter and noise level */
function sentence(rows: readonly Row[], snr: number): string[] {
  const cvs = PARAMETERS.flatMap((parameter) => {
    const row = rows.find((each) => each.metric === CV_NET.name && each.parameter === parameter);
    return row && Number.isFinite(row.value) ? [`${valueText(row, 2)} for ${parameter}`] : [];
  });
  const correlation = rows.find(({ metric }) => metric === MEAN_RANK_CORRELATION_DP_F.name);
  if (cvs.length === 0 || !correlation) return [];
  return [
    `${correlation.method} over ${correlation.n} seeds at SNR ${numberText(snr, 3)}: CV_NET ${wordList(cvs)}; rank correlation of Dp and f ${valueText(correlation, 2)}.`,
  ];
}
