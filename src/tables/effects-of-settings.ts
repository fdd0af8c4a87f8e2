import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { BIAS, CORRELATION_BETWEEN, ERROR_CORRELATION_BETWEEN, RMSE, SD } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from './reading/factor.ts';
import { grouped } from './reading/grouped.ts';
import {
  factorsOf,
  implementationsOf,
  pairKey,
  pairOf,
  type Implementation,
} from './reading/implementations.ts';
import { protocolOf, protocolsOf } from './reading/protocols.ts';
import { snrLevels } from './reading/snr-levels.ts';

const table: Table = {
  title: 'What settings do to implementations',
  order: 0.8,
  beside: 'implementation-correlations',
  caption:
    'For each value of a setting: RMSE divided by the geometric mean over the values, geometric mean over fitters that differ in nothing else; mean ' +
    'absolute bias and mean SD over all fitters with this value; and the mean rank correlation, of estimates and of errors, between different fitters that share it. ' +
    'RMSE is not compared for S0, since fitters with known and with fitted S0 differ in more. Values where Dp is bounded differently are dominated by the bounds.',
  build(rows, manifest) {
    const all = implementationsOf(manifest);
    if (all.length === 0) return null;
    const known = rows.filter(
      (row) => !Number.isNaN(numericFactor(row, 'snr')) && row.factors.run === undefined,
    );
    const protocols = protocolsOf(known.filter(({ metric }) => metric === RMSE.name));
    const several = protocols.some((protocol) => protocol !== '');
    const levels = snrLevels(known);
    const lines = factorsOf(all).flatMap((factor) => {
      const values = [...new Set(all.flatMap(({ factors }) => factors[factor] ?? []))];
      if (values.length < 2) return [];
      return protocols.flatMap((protocol) =>
        PARAMETERS.flatMap((parameter) =>
          levels.flatMap((snr) => {
            const own = known.filter(
              (row) =>
                row.parameter === parameter &&
                protocolOf(row) === protocol &&
                numericFactor(row, 'snr') === snr,
            );
            const ratios =
              factor === 'S0' ? new Map<string, number>() : relativeErrors(own, all, factor, values);
            return values.map((value) => {
              const among = all.filter(({ factors }) => factors[factor] === value);
              const { shownUnit, scale } = quantityOf(parameter);
              return {
                scale,
                values: [
                  ...(several ? [protocol] : []),
                  ...[
                    factor,
                    value,
                    { raw: parameter, shown: `${parameter} (${shownUnit})` },
                    snr,
                    among.length,
                  ],
                  finite(ratios.get(value) ?? NaN),
                  finite(mean(valuesOf(own, BIAS.name, among).map(Math.abs))),
                  finite(mean(valuesOf(own, SD.name, among))),
                  finite(mean(correlations(own, CORRELATION_BETWEEN.name, among))),
                  finite(mean(correlations(own, ERROR_CORRELATION_BETWEEN.name, among))),
                ],
              };
            });
          }),
        ),
      );
    });
    if (lines.length === 0) return null;
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        { name: 'setting', label: 'Setting' },
        { name: 'value', label: 'Value' },
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        { name: 'implementations', label: 'Implementations' },
        { name: 'relative_rmse', label: 'RMSE, relative' },
        { name: 'mean_absolute_bias', label: 'Mean absolute bias', scaled: true },
        { name: 'mean_sd', label: 'Mean SD', scaled: true },
        { name: CORRELATION_BETWEEN.name, label: 'Correlation between fitters', decimals: 2 },
        { name: ERROR_CORRELATION_BETWEEN.name, label: 'of errors', decimals: 2 },
      ],
      lines,
    };
  },
};
export default table;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const valuesOf = (rows: readonly Row[], metric: string, among: readonly Implementation[]): number[] =>
  rows.flatMap((row) =>
    row.metric === metric && among.some(({ name }) => name === row.method) ? row.value : [],
  );

/** Correlations between implementations of different fitters. */
function correlations(rows: readonly Row[], metric: string, among: readonly Implementation[]): number[] {
  const wanted = new Set(
    among.flatMap((one, i) =>
      among.slice(i + 1).flatMap((other) => (other.of === one.of ? [] : pairKey(one.name, other.name))),
    ),
  );
  return rows.flatMap((row) => (row.metric === metric && wanted.has(pairOf(row)) ? row.value : []));
}

/** RMSE of each value relative to the geometric mean over all, over groups that differ in this setting alone and have every value. */
function relativeErrors(
  rows: readonly Row[],
  all: readonly Implementation[],
  factor: string,
  values: readonly string[],
): Map<string, number> {
  const others = ({ of, factors }: Implementation) =>
    JSON.stringify([of, Object.entries(factors).filter(([name]) => name !== factor)]);
  const varied = all.filter(({ factors }) => factors[factor] !== undefined);
  const logs = [...grouped(varied, others).values()].flatMap((group) => {
    const own = values.map((value) => {
      const member = group.find(({ factors }) => factors[factor] === value);
      return member ? Math.log(valuesOf(rows, RMSE.name, [member])[0] ?? NaN) : NaN;
    });
    const middle = mean(own);
    return Number.isFinite(middle) ? [own.map((log) => log - middle)] : [];
  });
  return new Map(values.map((value, i) => [value, Math.exp(mean(logs.map((own) => own[i])))]));
}
