import type { Figure } from '../contracts/figure.ts';
import { BOUND, type Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { CRLB, RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { nearestSnrs } from '../tables/reading/nearest-snr.ts';
import { protocolOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { byName, seriesName } from '../tables/reading/series.ts';
import { withoutRuns } from '../tables/reading/without-runs.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** With fewer fitters their curves can be told apart. */
const MANY = 7;

const figure: Figure = {
  title: 'Fitters ranked by error',
  order: 1,
  caption:
    'RMSE over the test voxels at the SNR nearest to 20 (of each protocol, if there are several) with 95 % intervals over voxels, on ' +
    'a logarithmic axis; the lowest error is on top. The dashed line is the lowest error possible (`mmse`), the dotted line the Cramér-Rao ' +
    'bound of unbiased methods.',
  draw(all, _pictures, manifest) {
    const errors = withoutRuns(all).filter((row) => row.metric === RMSE.name && row.value > 0);
    const bounds = all.filter((row) => row.metric === CRLB.name && Number.isFinite(row.value));
    const levels = nearestSnrs(errors);
    const drawn = [...errors, ...bounds].filter(
      (row) => numericFactor(row, 'snr') === levels.get(protocolOf(row)),
    );
    if (new Set(errors.map(nameOf)).size <= MANY || drawn.length === 0) return null;
    const floor = floorOf(manifest);
    const looks = seriesLooks(all, drawn.map(nameOf), floor);
    const panels = [...levels].flatMap(([protocol, snr]) =>
      PARAMETERS.map((name) => {
        const rows = drawn.filter((row) => row.parameter === name && protocolOf(row) === protocol);
        return { name, protocol, snr, rows };
      }).filter(({ rows }) => rows.some((row) => row.method !== BOUND)),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 170 },
      columns: 3,
      spacing: 24,
      concat: panels.map((content) => panel(content, floor, looks)),
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

/** Fitter and whatever else it was measured under but SNR and protocol. */
const nameOf = (row: Row): string => seriesName(row, ['snr', 'protocol']);

interface Panel {
  readonly name: ParameterName;
  readonly protocol: string;
  readonly snr: number;
  readonly rows: readonly Row[];
}

function panel({ name, protocol, snr, rows }: Panel, floor: string | undefined, looks: SeriesLooks) {
  const { label: meaning, shownUnit: unit, scale } = quantityOf(name);
  const title = `RMSE of ${name} (${unit}) at SNR ${Number(snr.toPrecision(3))}`;
  const points = rows
    .toSorted((a, b) => a.value - b.value || byName(nameOf(a), nameOf(b)))
    .map((row) => ({
      fitter: row.method === BOUND ? 'Cramér-Rao bound' : nameOf(row),
      series: nameOf(row),
      rmse: shorten(row.value * scale)!,
      low: shorten((row.ciLow > 0 ? row.ciLow : row.value) * scale)!,
      high: shorten((Number.isFinite(row.ciHigh) ? row.ciHigh : row.value) * scale)!,
    }));
  const edges = points.flatMap(({ low, high }) => [low, high]);
  const domain = [Math.min(...edges) / 1.2, Math.max(...edges) * 1.2];
  const x = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain, nice: false },
    axis: { title, values: logTicks(domain[0], domain[1], 6), format: '~g' },
  };
  const y = {
    field: 'fitter',
    type: 'nominal' as const,
    sort: points.map(({ fitter }) => fitter),
    axis: { title: null, grid: false, domain: false, ticks: false, labelLimit: 170 },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: null };
  const shape = { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: null };
  const tooltip = [
    { field: 'fitter', title: 'fitter' },
    { field: 'rmse', title, format: '.4~g' },
    { field: 'low', title: '95 % interval from', format: '.4~g' },
    { field: 'high', title: 'to', format: '.4~g' },
  ];
  const limit = (series: string, strokeDash: number[]) => ({
    transform: [{ filter: { field: 'series', equal: series } }],
    mark: { type: 'rule' as const, strokeDash, strokeWidth: 1.4, tooltip: false },
    encoding: { x: { ...x, field: 'rmse' } },
  });
  return {
    title: { text: name, subtitle: protocol === '' ? meaning : protocol },
    width: 190,
    height: { step: 20 },
    data: { values: points },
    layer: [
      limit(floor ?? '', [4, 2]),
      limit(BOUND, [1.5, 2.5]),
      {
        mark: { type: 'rule' as const, strokeWidth: 4, opacity: 0.35, strokeCap: 'round' as const },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 50, opacity: 1 },
        encoding: { y, x: { ...x, field: 'rmse' }, color, shape, tooltip },
      },
    ],
  };
}
