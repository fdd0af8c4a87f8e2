import type { Figure } from '../contracts/figure.ts';
import { BOUND, type Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { CRLB, RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { withoutRuns } from '../tables/reading/without-runs.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';
import { snrAxis } from './look/snr-axis.ts';

interface Point {
  readonly snr: number;
  readonly series: string;
  readonly rmse: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const figure: Figure = {
  title: 'Error against signal-to-noise ratio',
  order: 1,
  caption:
    'Root mean squared error of each parameter against SNR, both axes logarithmic; bands are 95 % bootstrap intervals ' +
    'over voxels. The dashed line is the Bayes floor (`mmse`), the posterior mean under the distribution of the simulation with known ' +
    'noise level; no method can be below it on average. The dotted line is the root mean square of the Cramér-Rao bounds over the voxels, a ' +
    'lower limit for unbiased methods; methods with a prior or bounds on the estimates can be below it. The study calls D Dt and f Fp.',
  draw(rows, _pictures, manifest) {
    const errors = withoutRuns(rows).filter(
      (row) => row.metric === RMSE.name && row.value > 0 && Number.isFinite(numericFactor(row, 'snr')),
    );
    const parameters = PARAMETERS.filter((name) => errors.some((row) => row.parameter === name));
    if (parameters.length === 0) return null;
    const drawn = [
      ...errors,
      ...rows.filter((row) => row.metric === CRLB.name && Number.isFinite(row.value)),
    ];
    const ofParameter = (name: ParameterName) => drawn.filter((row) => row.parameter === name);
    const floor = floorOf(manifest);
    const looks = seriesLooks(rows, drawn.map(nameOf), floor);
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: 3,
      spacing: 24,
      concat: protocolsOf(errors).flatMap((protocol) =>
        parameters.map((name) => {
          const own = ofParameter(name).filter((row) => protocolOf(row) === protocol);
          return panel({ name, protocol, rows: own, frame: frameOf(ofParameter(name), name) }, looks, floor);
        }),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared', strokeDash: 'shared' } },
    };
  },
};
export default figure;

interface Panel {
  readonly name: ParameterName;
  /** '' where there is one protocol. */
  readonly protocol: string;
  readonly rows: readonly Row[];
  readonly frame: Frame;
}

/** What the axes of a parameter span: the same under every protocol, so that they can be held against each other. */
interface Frame {
  readonly snr: readonly [number, number];
  /** In the unit that is shown. */
  readonly error: readonly [number, number];
}

/** Fitter and whatever else it was measured under but SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

function frameOf(rows: readonly Row[], name: ParameterName): Frame {
  const { scale } = quantityOf(name);
  const snr = rows.map((row) => numericFactor(row, 'snr'));
  const all = rows
    .flatMap((row) => [row.value, row.ciLow, row.ciHigh])
    .filter((error) => Number.isFinite(error) && error > 0)
    .map((error) => shorten(error * scale)!);
  return {
    snr: [Math.min(...snr), Math.max(...snr)],
    error: [Math.min(...all) * 0.85, Math.max(...all) * 1.1],
  };
}

function panel({ name, protocol, rows, frame }: Panel, looks: SeriesLooks, floor: string | undefined) {
  const { label: meaning, study, shownUnit: unit, scale } = quantityOf(name);
  const points = rows.map((row): Point => ({
    snr: numericFactor(row, 'snr'),
    series: nameOf(row),
    rmse: shorten(row.value * scale),
    low: shorten(row.ciLow * scale),
    high: shorten(row.ciHigh * scale),
  }));
  const [first, last] = frame.snr;
  const [bottom, top] = frame.error;
  const x = snrAxis(first, last);
  const y = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [bottom, top], nice: false },
    axis: { title: `RMSE of ${name} (${unit})`, values: logTicks(bottom, top), format: '~g' },
  };
  const legend = {
    title: null,
    orient: 'top' as const,
    columns: 6,
    symbolOpacity: 1,
    // Dashes come in with the eighth series, and would only fray the small filled shapes.
    ...(looks.series.length > 7 ? { symbolDash: [1, 0] } : {}),
    labelExpr: [
      ...(floor === undefined
        ? []
        : [`datum.label === ${JSON.stringify(floor)} ? datum.label + ' (Bayes floor)'`]),
      `datum.label === '${BOUND}' ? 'Cramér-Rao bound'`,
      'datum.label',
    ].join(' : '),
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    { field: 'rmse', title: `RMSE of ${name} (${unit})`, format: '.4~g' },
    { field: 'low', title: '95 % interval from', format: '.4~g' },
    { field: 'high', title: 'to', format: '.4~g' },
  ];
  return {
    title: {
      text: name,
      subtitle: protocol !== '' ? protocol : study === name ? meaning : `${meaning} (${study} in the study)`,
    },
    width: 240,
    height: 260,
    data: { values: points },
    encoding: { x },
    layer: [
      {
        transform: [{ filter: { field: 'series', equal: floor ?? '' } }],
        mark: { type: 'area' as const, color: '#8a8f98', opacity: 0.13, tooltip: false },
        encoding: {
          y: { ...y, field: 'rmse' },
          y2: { datum: bottom },
        },
      },
      {
        mark: { type: 'area' as const, opacity: 0.2, tooltip: false },
        encoding: {
          y: { ...y, field: 'low' },
          y2: { field: 'high' },
          color,
        },
      },
      {
        mark: { type: 'line' as const, strokeWidth: 1.8 },
        encoding: {
          y: { ...y, field: 'rmse' },
          color,
          strokeDash: { field: 'series', type: 'nominal' as const, scale: looks.strokeDash, legend },
        },
      },
      {
        transform: [{ filter: { not: { field: 'series', equal: BOUND } } }],
        mark: { type: 'point' as const, filled: true, size: 36, opacity: 1 },
        encoding: {
          y: { ...y, field: 'rmse' },
          color,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.shape, legend },
          tooltip,
        },
      },
    ],
  };
}
