import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { kindsOf, poorFitsOf, signalsOf } from './reading/poor-fits.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { byName, seriesName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Voxels that the model does not explain',
  order: 1.35,
  beside: 'model-check',
  caption:
    'Percentage of voxels with status `poorFit`: their residuals from the decay of the estimate, in units of the noise, have p < 0.001. ' +
    '0.1 % are expected where model and noise are right. Signals with another decay that a bi-exponential one can imitate, such as ' +
    'mono-exponential decay, kurtosis or an offset, are not marked; nor are tissues outside the prior where the fitter has none.',
  build(rows, manifest) {
    const shares = poorFitsOf(rows);
    if (shares.length === 0) return null;
    const series = [...new Set(shares.map(nameOf))].sort(byName);
    const protocols = protocolsOf(shares);
    const several = protocols.some((protocol) => protocol !== '');
    const kinds = kindsOf(shares, manifest);
    const varied = kinds.some(({ name }) => name !== '');
    const lines = protocols.flatMap((protocol) =>
      kinds.flatMap(({ name: kind }) => {
        const own = shares.filter((row) => protocolOf(row) === protocol && signalsOf(row) === kind);
        const levels = [...grouped(own, (row) => numericFactor(row, 'snr'))].sort(([a], [b]) => b - a);
        return levels.map(([snr, here]) => {
          const values = series.map((name) => withInterval(here.find((row) => nameOf(row) === name)));
          return {
            scale: 100,
            values: [...(several ? [protocol] : []), ...(varied ? [kind] : []), snr, ...values],
          };
        });
      }),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        ...(varied ? [{ name: 'signals', label: 'Signals' }] : []),
        { name: 'snr', label: 'SNR' },
        ...series.map((name) => ({ name, label: name, scaled: true })),
      ],
      lines,
    };
  },
};
export default table;

/** Fitter and whatever else it was measured under but signals, SNR and protocol, which are lines. */
const nameOf = (row: Row): string => seriesName(row, ['signals', 'snr', 'protocol']);
