import { BOUND, type Row } from '../contracts/metric.ts';
import type { Line, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CRLB, RMSE } from '../measures/errors.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import { numberText } from './reading/number-text.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { snrLevels } from './reading/snr-levels.ts';
import { floorOf } from './reading/reference-fitter.ts';
import { byName, seriesName } from './reading/series.ts';
import { withoutRuns } from './reading/without-runs.ts';

const table: Table = {
  title: 'Efficiency by SNR',
  order: 2,
  beside: 'rmse-against-snr',
  caption:
    'Errors relative to two limits, where 1 equals the limit: the squared Cramér-Rao bound (its root mean square over the ' +
    'voxels, S0 unknown) over the mean squared error, and the mean squared error of the Bayes floor (`mmse`) over that of the fitter. ' +
    'The bound applies only to unbiased methods: methods biased by a prior or by bounds on the parameters can exceed 1, and at high ' +
    'noise nearly all do. On average no method exceeds 1 relative to the floor.',
  build(rows, manifest) {
    const errors = withoutRuns(rows).filter((row) => row.metric === RMSE.name && row.value > 0);
    const bounds = rows.filter((row) => row.method === BOUND && row.metric === CRLB.name);
    if (errors.length === 0 || bounds.length === 0) return null;
    const floor = floorOf(manifest);
    const limits = [
      { limit: 'bound', limiting: bounds },
      { limit: floor ?? 'mmse', limiting: errors.filter((row) => row.method === floor) },
    ]
      .filter(({ limiting }) => limiting.length > 0)
      .map(({ limit, limiting }) => ({ limit, limiting: grouped(limiting, placeOf) }));
    const errorsAt = grouped(errors, (row) => JSON.stringify([nameOf(row), ...placeIn(row)]));
    const snrs = snrLevels(bounds);
    const protocols = protocolsOf(bounds);
    const several = protocols.some((protocol) => protocol !== '');
    const fitters = [...new Set(errors.map(nameOf))].sort(byName);
    const lines = protocols.flatMap((protocol) =>
      PARAMETERS.flatMap((parameter) =>
        limits.flatMap(({ limit, limiting }) =>
          fitters.flatMap((fitter): Line[] => {
            const place = [parameter, protocol];
            const at = (from: ReadonlyMap<string, readonly Row[]>, ...where: (string | number)[]) =>
              from.get(JSON.stringify(where))?.[0].value ?? NaN;
            const efficiencies = snrs.map(
              (snr) => (at(limiting, ...place, snr) / at(errorsAt, fitter, ...place, snr)) ** 2,
            );
            if (fitter === limit || efficiencies.every(Number.isNaN)) return [];
            return [{ values: [...(several ? [protocol] : []), parameter, limit, fitter, ...efficiencies] }];
          }),
        ),
      ),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'parameter', label: 'Parameter' },
        { name: 'limit', label: 'Limit' },
        { name: 'fitter', label: 'Fitter' },
        ...snrs.map((snr) => ({ name: `snr_${snr}`, label: `SNR ${numberText(snr, 3)}`, digits: 2 })),
      ],
      lines,
    };
  },
};
export default table;

/** Parameter, protocol and SNR. */
const placeIn = (row: Row) => [row.parameter, protocolOf(row), numericFactor(row, 'snr')];
const placeOf = (row: Row): string => JSON.stringify(placeIn(row));

/** Fitter and whatever else it was measured under but SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);
