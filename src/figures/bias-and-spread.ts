import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { BIAS, SD } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { withoutRuns } from '../tables/reading/without-runs.ts';
import { logTicks } from './look/log-ticks.ts';
import { LINE_DASH, POINT_SIZE, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { extentOf } from './look/extent.ts';
import { shorten } from './look/shorten.ts';
import { snrAxis } from './look/snr-axis.ts';
import { symlogTicks } from './look/symlog-ticks.ts';

const figure: Figure = {
  title: 'Bias and spread apart',
  order: 1.1,
  caption:
    'The two parts of the error, RMSE² = bias² + SD². Left: bias, the mean of estimate minus truth over the test voxels of each SNR; the axis ' +
    'is linear around 0 and logarithmic beyond, so that small and large biases can be read. Right: standard deviation of estimate minus truth, ' +
    'on a logarithmic axis. Bands are 95 % intervals over voxels.',
  draw(rows, _pictures, manifest) {
    const drawn = withoutRuns(rows).filter(
      (row) =>
        (row.metric === BIAS.name || (row.metric === SD.name && row.value > 0)) &&
        Number.isFinite(row.value) &&
        Number.isFinite(numericFactor(row, 'snr')),
    );
    const measures = [BIAS, SD].filter(({ name }) => drawn.some(({ metric }) => metric === name));
    const parameters = PARAMETERS.filter((name) =>
      measures.every((measure) => drawn.some((row) => row.parameter === name && row.metric === measure.name)),
    );
    if (measures.length === 0 || parameters.length === 0) return null;
    const looks = seriesLooks(rows, drawn.map(nameOf), floorOf(manifest));
    const panels = protocolsOf(drawn).flatMap((protocol) =>
      parameters.flatMap((name) =>
        measures.map(({ name: metric }) => {
          const all = drawn.filter((row) => row.parameter === name && row.metric === metric);
          const content = { name, protocol, all, own: all.filter((row) => protocolOf(row) === protocol) };
          return panel(content, metric === BIAS.name, looks);
        }),
      ),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: measures.length, minPanelWidth: 210 },
      columns: measures.length,
      spacing: { row: 20, column: 28 },
      concat: panels,
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

/** Fitter and whatever else it was measured under but SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

interface Content {
  readonly name: ParameterName;
  readonly protocol: string;
  /** Those of every protocol, which decide the axes. */
  readonly all: readonly Row[];
  readonly own: readonly Row[];
}

function panel({ name, protocol, all, own }: Content, isBias: boolean, looks: SeriesLooks) {
  const { label: meaning, shownUnit: unit, scale } = quantityOf(name);
  const snrs = all.map((row) => numericFactor(row, 'snr'));
  const values = own.map((row) => ({
    snr: numericFactor(row, 'snr'),
    series: nameOf(row),
    value: shorten(row.value * scale),
    low: shorten(row.ciLow * scale),
    high: shorten(row.ciHigh * scale),
    ...looks.marksOf(nameOf(row)),
  }));
  const title = `${isBias ? 'bias' : 'SD of the error'} of ${name} (${unit})`;
  const edges = all
    .flatMap((row) => [row.value, row.ciLow, row.ciHigh])
    .filter(Number.isFinite)
    .map((edge) => edge * scale);
  const y = {
    type: 'quantitative' as const,
    ...(isBias ? biasAxis(title, edges) : spreadAxis(title, edges)),
  };
  const x = snrAxis(...extentOf(snrs));
  const legend = { title: null, orient: 'top' as const, columns: 6, symbolOpacity: 1 };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'value', title, format: isBias ? '+.3~g' : '.3~g' },
    { field: 'low', title: '95 % interval from', format: isBias ? '+.3~g' : '.3~g' },
    { field: 'high', title: 'to', format: isBias ? '+.3~g' : '.3~g' },
  ];
  return {
    title: isBias
      ? { text: name, subtitle: protocol === '' ? meaning : `${meaning}, ${protocol}` }
      : { text: ' ', subtitle: 'spread around the bias' },
    width: 360,
    height: 190,
    data: { values },
    encoding: { x },
    layer: [
      ...(isBias
        ? [
            {
              data: { values: [{ value: 0 }] },
              mark: { type: 'rule' as const, strokeWidth: 1, tooltip: false },
              encoding: { y: { ...y, field: 'value' }, x: { value: 0 }, x2: { value: 'width' as const } },
            },
          ]
        : []),
      {
        mark: { type: 'area' as const, opacity: 0.2, tooltip: false },
        encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'line' as const, strokeWidth: 1.8 },
        encoding: { y: { ...y, field: 'value' }, color, strokeDash: LINE_DASH },
      },
      {
        mark: { type: 'point' as const, filled: true, opacity: 1 },
        encoding: {
          y: { ...y, field: 'value' },
          color,
          size: POINT_SIZE,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
          tooltip,
        },
      },
    ],
  };
}

/** Linear up to the middle of all biases, logarithmic beyond. */
function biasAxis(title: string, edges: readonly number[]) {
  const sizes = edges.map(Math.abs).sort((a, b) => a - b);
  const constant = shorten(sizes[Math.floor((sizes.length - 1) / 2)])! || 1;
  const [low, high] = [Math.min(0, ...edges), Math.max(0, ...edges)];
  const domain = [low - 0.15 * (constant + -low), high + 0.15 * (constant + high)].map((end) =>
    shorten(end)!,
  );
  return {
    scale: { type: 'symlog' as const, constant, domain, nice: false },
    axis: { title, values: symlogTicks(domain[0], domain[1], constant), format: '.6~g' },
  };
}

function spreadAxis(title: string, edges: readonly number[]) {
  const positive = edges.filter((edge) => edge > 0);
  const [low, high] = extentOf(positive);
  const domain = [low * 0.85, high * 1.1].map((end) => shorten(end)!);
  return {
    scale: { type: 'log' as const, domain, nice: false },
    axis: { title, values: logTicks(domain[0], domain[1]), format: '~g' },
  };
}
