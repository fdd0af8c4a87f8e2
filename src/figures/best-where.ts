import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { contend } from '../tables/reading/contenders.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { grouped } from '../tables/reading/grouped.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { floorsOf } from '../tables/reading/reference-fitter.ts';
import { byName, seriesName } from '../tables/reading/series.ts';
import { withoutRuns } from '../tables/reading/without-runs.ts';
import { TEXT_ON_DARK, TEXT_ON_LIGHT } from './look/palette.ts';
import { shorten } from './look/shorten.ts';

/** Binary logarithms of ratios, and the colours between which they are drawn: the darker, the better. */
const COLORS = [
  [0, '#0a4f66'],
  [0.15, '#2a7f94'],
  [0.5, '#7db6c1'],
  [1.5, '#c9dfe3'],
  [4, '#f4f2ec'],
] as const;
/** Up to here a cell is dark, and its text white. */
const DARK = 0.3;

const figure: Figure = {
  title: 'Which fitter is best where',
  order: 0.5,
  caption:
    'RMSE of every fitter (rows) at every SNR (columns), divided by the lowest RMSE of that column: 1, in bold, is the best fitter, 2 has twice ' +
    'its error. Darker is better. Fitters are in the order of their mean logarithmic ratio over all panels. Values with † are not compared, since ' +
    'the fitter failed in more than 1 % of the voxels. Fitters that know the distribution of the simulation (`mmse`) are not shown.',
  draw(all, _pictures, manifest) {
    const rows = withoutRuns(all).filter((row) => Number.isFinite(numericFactor(row, 'snr')));
    const floors = floorsOf(manifest);
    const errors = rows.filter(
      ({ metric, value, method }) =>
        metric === RMSE.name && value > 0 && Number.isFinite(value) && !floors.includes(method),
    );
    const cells = protocolsOf(errors).flatMap((protocol) =>
      PARAMETERS.flatMap((name) => {
        const own = (row: Row) => row.parameter === name && protocolOf(row) === protocol;
        const snrOf = (row: Row) => numericFactor(row, 'snr');
        const levels = grouped(rows.filter(own), snrOf);
        return [...grouped(errors.filter(own), snrOf)].flatMap(([snr, shown]) => {
          const compared = new Set(contend(levels.get(snr) ?? [], manifest));
          const lowest = Math.min(...[...compared].map(({ value }) => value));
          return Number.isFinite(lowest)
            ? shown.map((row) => cell(row, { protocol, name, snr, lowest, compared: compared.has(row) }))
            : [];
        });
      }),
    );
    const fitters = ranked(cells);
    if (fitters.length < 2) return null;
    const panels = protocolsOf(errors).flatMap((protocol) =>
      PARAMETERS.map((name) =>
        cells.filter((each) => each.protocol === protocol && each.name === name),
      ).filter((own) => own.length > 0),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: 3,
      spacing: 24,
      concat: panels.map((own) => panel(own, fitters)),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

interface Cell {
  readonly protocol: string;
  readonly name: ParameterName;
  readonly fitter: string;
  readonly snr: number;
  readonly rmse: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly ratio: number | null;
  readonly log: number;
  readonly label: string;
  readonly best: boolean;
}

interface Place {
  readonly protocol: string;
  readonly name: ParameterName;
  readonly snr: number;
  readonly lowest: number;
  readonly compared: boolean;
}

function cell(row: Row, { protocol, name, snr, lowest, compared }: Place): Cell {
  const { scale } = quantityOf(name);
  const ratio = row.value / lowest;
  return {
    ...{ protocol, name, snr, n: row.n },
    fitter: seriesName(row, ['snr', 'protocol']),
    rmse: shorten(row.value * scale),
    low: shorten(row.ciLow * scale),
    high: shorten(row.ciHigh * scale),
    ratio: shorten(ratio),
    log: shorten(Math.log2(ratio))!,
    label: ratioText(ratio) + (compared ? '' : '†'),
    best: compared && row.value === lowest,
  };
}

/** Three digits at most: 1, 1.04, 3.4, 34. */
function ratioText(ratio: number): string {
  if (ratio === 1) return '1';
  if (ratio >= 999.5) return '>999';
  return ratio.toFixed(ratio < 1.995 ? 2 : ratio < 9.95 ? 1 : 0);
}

/** Fitters, the best on average first. */
function ranked(cells: readonly Cell[]): string[] {
  const mean = (fitter: string) => {
    const own = cells.filter((each) => each.fitter === fitter);
    return own.reduce((sum, { log }) => sum + log, 0) / own.length;
  };
  const means = new Map([...new Set(cells.map(({ fitter }) => fitter))].map((name) => [name, mean(name)]));
  return [...means.keys()].sort((a, b) => means.get(a)! - means.get(b)! || byName(a, b));
}

function panel(cells: readonly Cell[], fitters: readonly string[]) {
  const [{ name, protocol }] = cells;
  const { label: meaning, shownUnit: unit } = quantityOf(name);
  const snrs = [...new Set(cells.map(({ snr }) => snr))].sort((a, b) => a - b);
  const axis = { grid: false, domain: false, ticks: false };
  const x = {
    field: 'snr',
    type: 'ordinal' as const,
    sort: 'ascending' as const,
    axis: { ...axis, title: 'SNR', labelAngle: 0, labelExpr: "format(datum.value, '.3~g')" },
  };
  const y = {
    field: 'fitter',
    type: 'nominal' as const,
    sort: [...fitters],
    scale: { domain: [...fitters] },
    axis: { ...axis, title: null, labelLimit: 150, labelFontSize: 12 },
  };
  const tooltip = [
    { field: 'fitter', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'ratio', title: 'RMSE / lowest', format: '.3~f' },
    { field: 'rmse', title: `RMSE of ${name} (${unit})`, format: '.4~g' },
    { field: 'low', title: '95 % interval from', format: '.4~g' },
    { field: 'high', title: 'to', format: '.4~g' },
    { field: 'n', title: 'voxels', format: ',' },
  ];
  const text = (best: boolean) => ({
    transform: [{ filter: best ? 'datum.best' : '!datum.best' }],
    mark: {
      type: 'text' as const,
      fontSize: 10.5,
      fontWeight: best ? ('bold' as const) : ('normal' as const),
    },
    encoding: {
      text: { field: 'label' },
      color: { condition: { test: `datum.log < ${DARK}`, value: TEXT_ON_DARK }, value: TEXT_ON_LIGHT },
      tooltip,
    },
  });
  return {
    title: { text: name, subtitle: protocol === '' ? meaning : protocol },
    width: Math.max(150, 27 * snrs.length),
    height: 26 * fitters.length,
    data: { values: [...cells] },
    encoding: { x, y },
    layer: [
      {
        mark: { type: 'rect' as const },
        encoding: {
          color: {
            field: 'log',
            type: 'quantitative' as const,
            scale: {
              domain: COLORS.map(([log]) => log),
              range: COLORS.map(([, color]) => color),
              clamp: true,
            },
            legend: null,
          },
          tooltip,
        },
      },
      text(false),
      text(true),
    ],
  };
}
