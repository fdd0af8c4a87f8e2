import type { Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { BIAS, FAILED_FRACTION, RMSE, SD } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { factorsOf, implementationsOf } from './reading/implementations.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { snrLevels } from './reading/snr-levels.ts';
import { withInterval } from './reading/with-interval.ts';

const SHOWN = [BIAS, SD, RMSE, FAILED_FRACTION];

const table: Table = {
  title: 'Implementations: bias and spread',
  order: 0.9,
  caption:
    'Bias, standard deviation of the error and root mean squared error of every combination of settings, over the voxels that did not fail, with 95 % intervals; ' +
    'and the share that failed. S0 is known (the mean at b = 0) or fitted.',
  build(rows, manifest) {
    const all = implementationsOf(manifest);
    if (all.length === 0) return null;
    const factors = factorsOf(all);
    const shown = rows.filter(
      ({ metric, factors }) =>
        SHOWN.some(({ name }) => name === metric) && factors.run === undefined && 'snr' in factors,
    );
    const protocols = protocolsOf(shown);
    const several = protocols.some((protocol) => protocol !== '');
    const at = grouped(shown, (row) =>
      JSON.stringify([protocolOf(row), row.parameter, numericFactor(row, 'snr'), row.method]),
    );
    const levels = snrLevels(shown);
    const lines = protocols.flatMap((protocol) =>
      PARAMETERS.flatMap((parameter) =>
        levels.flatMap((snr) =>
          all.flatMap(({ name, of, factors: own }) => {
            const found = at.get(JSON.stringify([protocol, parameter, snr, name]));
            if (!found) return [];
            const { shownUnit, scale } = quantityOf(parameter);
            const value = (metric: string) => withInterval(found.find((row) => row.metric === metric));
            const failed = found.find(({ metric }) => metric === FAILED_FRACTION.name);
            return {
              scale,
              values: [
                ...(several ? [protocol] : []),
                { raw: parameter, shown: `${parameter} (${shownUnit})` },
                ...[snr, of, ...factors.map((factor) => own[factor] ?? '')],
                ...[BIAS, SD, RMSE].map((measure) => value(measure.name)),
                failed ? 100 * failed.value : null,
              ],
            };
          }),
        ),
      ),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        { name: 'fitter', label: 'Fitter' },
        ...factors.map((name) => ({ name, label: name })),
        { name: BIAS.name, label: 'Bias', scaled: true, digits: 2 },
        { name: SD.name, label: 'SD', scaled: true },
        { name: RMSE.name, label: 'RMSE', scaled: true },
        { name: 'failed_percent', label: 'Failed (%)', digits: 2 },
      ],
      lines,
    };
  },
};
export default table;
