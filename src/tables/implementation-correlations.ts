import type { Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CORRELATION_BETWEEN, ERROR_CORRELATION_BETWEEN } from '../measures/errors.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { correlatedFitters, correlationRows, pairKey, pairOf } from './reading/implementations.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { snrLevels } from './reading/snr-levels.ts';

const table: Table = {
  title: 'Correlations between fitters',
  order: 0.71,
  beside: 'implementation-correlations',
  caption:
    "Spearman's rank correlation of the estimates of every two fitters, and of their errors, over the voxels in which neither failed.",
  build(rows, manifest) {
    const shown = correlationRows(rows);
    if (shown.length === 0) return null;
    const names = correlatedFitters(shown, manifest);
    const snrs = snrLevels(shown);
    const protocols = protocolsOf(shown);
    const several = protocols.some((protocol) => protocol !== '');
    const at = grouped(shown, (row) =>
      JSON.stringify([protocolOf(row), row.parameter, numericFactor(row, 'snr'), row.metric, pairOf(row)]),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'of', label: 'Of' },
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        { name: 'fitter', label: 'Fitter' },
        ...names.map((name) => ({ name, label: name, decimals: 2 })),
      ],
      lines: protocols.flatMap((protocol) =>
        [CORRELATION_BETWEEN, ERROR_CORRELATION_BETWEEN].flatMap((measure) =>
          PARAMETERS.flatMap((parameter) =>
            snrs.flatMap((snr) =>
              names.map((name) => ({
                values: [
                  ...(several ? [protocol] : []),
                  ...[measure === CORRELATION_BETWEEN ? 'estimates' : 'errors', parameter, snr, name],
                  ...names.map((other) => {
                    if (other === name) return 1;
                    const key = [protocol, parameter, snr, measure.name, pairKey(name, other)];
                    return at.get(JSON.stringify(key))?.[0].value ?? null;
                  }),
                ],
              })),
            ),
          ),
        ),
      ),
    };
  },
};
export default table;
