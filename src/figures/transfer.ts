import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RMSE_RATIO } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { TEXT_ON_DARK, TEXT_ON_LIGHT } from './look/palette.ts';
import { shorten } from './look/shorten.ts';

/** The noise level that is shown is the one nearest to this. */
const SHOWN_SNR = 20;

/** Powers of two between which colours run: half the error to sixteen times of it. */
const COLORS = [
  [-1, '#2166ac'],
  [0, '#f4f4f4'],
  [1, '#f6b48f'],
  [2, '#dd6551'],
  [4, '#7d0e24'],
] as const;

const figure: Figure = {
  title: 'Networks used where they were not trained',
  order: 8,
  caption:
    'RMSE of networks trained for one condition (rows) and used on another (columns), divided by the RMSE of the same network trained for the ' +
    'condition of use: 1 is no loss, 2 is twice the error. Panels from left to right: the network unchanged, then trained further on more and ' +
    'more voxels of the condition of use. Signals of another protocol are interpolated to the b-values of the network. The last rows are ' +
    'fitters that need no training. Other SNRs are in `tables/metrics.csv`.',
  draw(rows, _pictures, manifest) {
    const ratios = rows.filter(
      ({ experiment, metric, value }) =>
        experiment === 'transfer' && metric === RMSE_RATIO.name && Number.isFinite(value) && value > 0,
    );
    const snrs = [...new Set(ratios.map((row) => numericFactor(row, 'snr')))].filter(Number.isFinite);
    const snr = snrs.sort((a, b) => Math.abs(a - SHOWN_SNR) - Math.abs(b - SHOWN_SNR))[0];
    const shown = ratios.filter((row) => numericFactor(row, 'snr') === snr);
    const carried = shown.filter(({ factors }) => factors.trained_on !== undefined);
    if (carried.length === 0) return null;
    const tunings = [...new Set(carried.map((row) => numericFactor(row, 'tuned_on')))].sort((a, b) => a - b);
    const conditions = conditionsOf(carried, manifest);
    const networks = [...new Set(carried.map(({ method }) => method))].sort();
    const parameters = PARAMETERS.filter((name) => carried.some(({ parameter }) => parameter === name));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: tunings.length, minPanelWidth: 200, grid: true },
      columns: tunings.length,
      spacing: { row: 30, column: 18 },
      concat: networks.flatMap((network) =>
        parameters.flatMap((parameter) =>
          tunings.map((voxels, i) =>
            panel(shown, conditions, {
              network,
              parameter,
              voxels,
              snr,
              isFirst: i === 0,
              several: networks.length > 1,
            }),
          ),
        ),
      ),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

interface Panel {
  readonly network: string;
  readonly parameter: ParameterName;
  readonly voxels: number;
  readonly snr: number;
  readonly isFirst: boolean;
  readonly several: boolean;
}

/** In the order of the config, where the run has it. */
function conditionsOf(rows: readonly Row[], manifest: Pick<RunManifest, 'config'>): string[] {
  const found = new Set(rows.map(({ factors }) => String(factors.used_on)));
  const { conditions = [] } = (manifest.config ?? {}) as { conditions?: readonly { name: string }[] };
  const named = conditions.map(({ name }) => name).filter((name) => found.has(name));
  return [...new Set([...named, ...found])];
}

function panel(
  rows: readonly Row[],
  conditions: readonly string[],
  { network, parameter, voxels, snr, isFirst, several }: Panel,
) {
  const own = rows.filter((row) => row.parameter === parameter);
  const carried = own.filter((row) => row.method === network && numericFactor(row, 'tuned_on') === voxels);
  const others = own.filter(({ factors }) => factors.trained_on === undefined);
  const cells = [
    ...conditions.map((name) => ({
      trained: name,
      used: name,
      ratio: 1,
      log: 0,
      label: '1',
      low: 1,
      high: 1,
    })),
    ...carried.map((row) => cell(row, String(row.factors.trained_on))),
    ...others.map((row) => cell(row, row.method)),
  ];
  const series = [...conditions, ...new Set(others.map(({ method }) => method))];
  const axis = { title: null, grid: false, domain: false, ticks: false, labelLimit: 150 };
  const x = {
    field: 'used',
    type: 'nominal' as const,
    sort: [...conditions],
    axis: { ...axis, labelAngle: -40 },
  };
  const y = {
    field: 'trained',
    type: 'nominal' as const,
    sort: series,
    axis: { ...axis, labels: isFirst },
  };
  const tooltip = [
    { field: 'trained', title: 'trained on' },
    { field: 'used', title: 'used on' },
    { field: 'ratio', title: 'RMSE ratio', format: '.3~g' },
    { field: 'low', title: '95 % interval from', format: '.3~g' },
    { field: 'high', title: 'to', format: '.3~g' },
  ];
  return {
    title: {
      text: `${parameter}: ${voxels === 0 ? 'as it is' : `further on ${voxels.toLocaleString('en')} voxels`}`,
      subtitle: `${quantityOf(parameter).label}, SNR ${snr}${several ? `, ${network}` : ''}`,
      fontSize: 12,
      subtitleFontSize: 10,
    },
    width: { step: 34 },
    height: { step: 24 },
    data: { values: cells },
    encoding: { x, y },
    layer: [
      {
        mark: { type: 'rect' as const },
        encoding: { color: colors(), tooltip },
      },
      {
        mark: { type: 'text' as const, fontSize: 10 },
        encoding: {
          text: { field: 'label' },
          color: {
            condition: { test: 'datum.log > 1.6 || datum.log < -0.7', value: TEXT_ON_DARK },
            value: TEXT_ON_LIGHT,
          },
          tooltip,
        },
      },
    ],
  };
}

function cell(row: Row, trained: string) {
  return {
    trained,
    used: String(row.factors.used_on),
    ratio: shorten(row.value),
    log: shorten(Math.log2(row.value)),
    label: shown(row.value),
    low: shorten(row.ciLow),
    high: shorten(row.ciHigh),
  };
}

/** Two digits before the comma are enough of a loss. */
function shown(ratio: number): string {
  if (ratio >= 999.5) return '>999';
  return ratio < 9.95 ? ratio.toPrecision(2) : String(Math.round(ratio));
}

function colors() {
  return {
    field: 'log',
    type: 'quantitative' as const,
    scale: {
      domain: COLORS.map(([power]) => power),
      range: COLORS.map(([, color]) => color),
      clamp: true,
    },
    legend: {
      title: 'RMSE ratio',
      orient: 'top' as const,
      values: COLORS.map(([power]) => power),
      labelExpr: "format(pow(2, datum.value), '~g')",
    },
  };
}
