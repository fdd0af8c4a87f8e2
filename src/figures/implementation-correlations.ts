import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CORRELATION_BETWEEN } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { correlatedFitters, correlationRows } from '../tables/reading/implementations.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { snrLevels } from '../tables/reading/snr-levels.ts';
import { VIRIDIS } from './look/palette.ts';
import { shorten } from './look/shorten.ts';

/** Side of a square; with few fitters there is room for larger ones. */
const SIDE = { few: 26, many: 13 };
const FEW = 12;

const figure: Figure = {
  title: 'How alike the fitters are',
  order: 0.7,
  caption:
    'Rank correlation of every two fitters over the voxels in which neither failed: of their estimates above the diagonal, of their errors below it. Estimates are alike ' +
    'because the voxels differ, too; errors only because the fitters do the same with the same noise. Fitters are in the order of the config, so that blocks are those of one fitter.',
  draw(rows, _pictures, manifest) {
    const shown = correlationRows(rows);
    if (shown.length === 0) return null;
    const names = correlatedFitters(shown, manifest);
    const snrs = snrLevels(shown);
    const panels = protocolsOf(shown).flatMap((protocol) =>
      PARAMETERS.flatMap((parameter) =>
        snrs.flatMap((snr) => {
          const own = shown.filter(
            (row) =>
              row.parameter === parameter &&
              numericFactor(row, 'snr') === snr &&
              protocolOf(row) === protocol,
          );
          return own.length === 0 ? [] : [matrix(own, names, [protocol, `SNR ${snr}`])];
        }),
      ),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: Math.min(2, snrs.length), minPanelWidth: 320, grid: true },
      columns: Math.min(2, snrs.length),
      spacing: 24,
      concat: panels,
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

function matrix(rows: readonly Row[], names: readonly string[], under: readonly string[]) {
  const place = new Map(names.map((name, i) => [name, i]));
  const values = rows.map((row) => {
    const pair = [row.method, String(row.factors.compared_with)].sort(
      (a, b) => place.get(a)! - place.get(b)!,
    );
    const [column, line] = row.metric === CORRELATION_BETWEEN.name ? [pair[1], pair[0]] : pair;
    return {
      ...{ line, column, n: row.n },
      of: row.metric === CORRELATION_BETWEEN.name ? 'estimates' : 'errors',
      r: shorten(row.value),
      low: shorten(row.ciLow),
      high: shorten(row.ciHigh),
    };
  });
  const side = names.length <= FEW ? SIDE.few : SIDE.many;
  const axis = { grid: false, domain: false, ticks: false, title: null, labelLimit: 150 };
  const scale = { domain: [...names] };
  const [{ parameter }] = rows;
  return {
    title: {
      text: `${parameter} · ${under.filter((text) => text !== '').join(' · ')}`,
      subtitle: quantityOf(parameter).label,
    },
    width: side * names.length,
    height: side * names.length,
    data: { values },
    mark: { type: 'rect' as const },
    encoding: {
      x: {
        field: 'column',
        type: 'nominal' as const,
        sort: [...names],
        scale,
        axis: { ...axis, labelAngle: -90 },
      },
      y: { field: 'line', type: 'nominal' as const, sort: [...names], scale, axis },
      color: {
        field: 'r',
        type: 'quantitative' as const,
        scale: { domain: [0, 1], range: [...VIRIDIS], clamp: true },
        legend: { title: 'rank correlation', orient: 'top' as const },
      },
      tooltip: [
        { field: 'line', title: 'fitter' },
        { field: 'column', title: 'and' },
        { field: 'of', title: 'of their' },
        { field: 'r', title: 'rank correlation', format: '.2f' },
        { field: 'low', title: '95 % interval from', format: '.2f' },
        { field: 'high', title: 'to', format: '.2f' },
        { field: 'n', title: 'voxels', format: ',' },
      ],
    },
  };
}
