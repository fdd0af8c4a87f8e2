import type { ValueWithInterval, Line, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CV_NET, MEAN_RANK_CORRELATION_DP_F, MEDIAN_NRMSE } from '../measures/repeated-trainings.ts';
import { KAANDORP_SNR, kaandorpNetworks } from './published/kaandorp-networks.ts';
import { isKaandorps } from './published/study-setting.ts';
import { numericFactor } from './reading/factor.ts';
import { byName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Dependence on the seed',
  order: 5.4,
  beside: 'stability',
  caption:
    'CV_NET: the root mean square over voxels of the standard deviation over networks that differ only in their seed, divided by the ' +
    'mean true value; NRMSE: the median over networks of the RMSE divided by the same mean; and the mean absolute rank correlation of Dp ' +
    'and f in the estimates of a network (the truth has none). Intervals are 95 % intervals over networks. Lines marked as ' +
    'published, where the run has their simulation, are from Kaandorp et al., Magn Reson Med 2021;86:2250–2265 (Gaussian noise, their own voxels).',
  build(rows, manifest) {
    const own = rows.filter(({ experiment }) => experiment === 'stability');
    const correlations = own.filter(({ metric }) => metric === MEAN_RANK_CORRELATION_DP_F.name);
    if (correlations.length === 0) return null;
    const lines = correlations
      .toSorted((a, b) => byName(a.method, b.method) || numericFactor(b, 'snr') - numericFactor(a, 'snr'))
      .map((line): Line => {
        const find = (metric: string, parameter: string): ValueWithInterval | null => {
          const row = own.find(
            (each) =>
              each.metric === metric &&
              each.parameter === parameter &&
              each.method === line.method &&
              each.factors.snr === line.factors.snr,
          );
          return withInterval(row);
        };
        return {
          values: [
            line.method,
            numericFactor(line, 'snr'),
            line.n,
            ...PARAMETERS.map((parameter) => find(CV_NET.name, parameter)),
            withInterval(line),
            ...PARAMETERS.map((parameter) => find(MEDIAN_NRMSE.name, parameter)),
          ],
        };
      });
    const published = (isKaandorps(manifest.config) ? kaandorpNetworks : []).map(
      ({ name, cvNet, nrmse, rankCorrelation }): Line => ({
        values: [
          name,
          KAANDORP_SNR,
          50,
          ...PARAMETERS.map((parameter) => cvNet[parameter]),
          rankCorrelation,
          ...PARAMETERS.map((parameter) => nrmse[parameter]),
        ],
      }),
    );
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        { name: 'snr', label: 'SNR' },
        { name: 'networks', label: 'Networks' },
        ...PARAMETERS.map((name) => ({ name: `cv_net_${name}`, label: `CV_NET ${name}` })),
        { name: 'rank_correlation_Dp_f', label: 'Dp with f' },
        ...PARAMETERS.map((name) => ({ name: `nrmse_${name}`, label: `NRMSE ${name}` })),
      ],
      lines: [...lines, ...published],
    };
  },
};
export default table;
