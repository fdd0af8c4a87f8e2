import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { FIT_US_PER_VOXEL } from '../measures/timing.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { protocolOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { byName } from '../tables/reading/series.ts';
import { duration } from '../wording/duration.ts';
import { logTicks } from './look/log-ticks.ts';
import { seriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Time to fit one voxel',
  order: 3,
  caption:
    'Time of the fit alone per voxel, on one thread after a warm-up, on a logarithmic axis: the symbol is the median over repeats, the bar ' +
    'extends from the shortest to the longest. One-time setup (training a network, fitting a prior) is in the table below.',
  draw(rows, _pictures, manifest) {
    const drawn = rows.filter((row) => row.metric === FIT_US_PER_VOXEL.name && row.value > 0);
    if (drawn.length === 0) return null;
    const looks = seriesLooks(
      rows,
      drawn.map((row) => row.method),
      floorOf(manifest),
    );
    const points = drawn
      .map((row) => ({ ...timing(row, drawn), series: row.method }))
      .sort((a, b) => a.us! - b.us! || byName(a.name, b.name));
    const all = points.flatMap(({ us, low, high }) => [us!, low!, high!]);
    // Room to the right for the numbers beside the points.
    const [left, right] = [Math.min(...all) / 1.6, Math.max(...all) * 2.5];
    const names = points.map((point) => point.name);
    const x = {
      type: 'quantitative' as const,
      scale: { type: 'log' as const, domain: [left, right], nice: false },
      axis: { title: 'time per voxel', values: logTicks(left, right, 10), labelExpr: TIME_LABEL },
    };
    const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: null };
    const shape = { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: null };
    const tooltip = [
      { field: 'name', title: 'fitter' },
      { field: 'label', title: 'per voxel' },
      { field: 'from', title: 'from' },
      { field: 'to', title: 'to' },
      { field: 'backend', title: 'backend' },
      { field: 'threads', title: 'threads' },
      { field: 'cpu', title: 'CPU' },
    ];
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1, minPanelWidth: 220 },
      columns: 1,
      concat: [
        {
          width: 720,
          height: { step: 30 },
          data: { values: points },
          encoding: {
            y: {
              field: 'name',
              type: 'nominal',
              sort: names,
              axis: {
                title: null,
                grid: false,
                domain: false,
                ticks: false,
                labelFontSize: 12,
                labelLimit: 260,
              },
            },
          },
          layer: [
            {
              mark: { type: 'rule', strokeWidth: 4, opacity: 0.35, strokeCap: 'round' },
              encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
            },
            {
              mark: { type: 'point', filled: true, size: 80, opacity: 1 },
              encoding: { x: { ...x, field: 'us' }, color, shape, tooltip },
            },
            {
              mark: { type: 'text', align: 'left', dx: 10 },
              encoding: { x: { ...x, field: 'high' }, text: { field: 'label' } },
            },
          ],
        },
      ],
    };
  },
};
export default figure;

const fromMicroseconds = (us: number): string => duration(us / 1e6);

/** The ticks, which are whole, as `duration` writes them. */
const TIME_LABEL =
  "datum.value < 1e3 ? format(datum.value, '~r') + ' µs' : datum.value < 1e6 ? format(datum.value / 1e3, '~r') + ' ms' : format(datum.value / 1e6, '~r') + ' s'";

/** One point; the backend and threads join the name where a fitter was timed in more than one way. */
function timing(row: Row, all: readonly Row[]) {
  const { backend = '', threads = '', cpu = '' } = row.factors;
  const others = all.filter((other) => other.method === row.method && other !== row);
  const told = [
    ...(others.some((other) => other.experiment !== row.experiment) ? [row.experiment] : []),
    ...(others.some((other) => other.factors.backend !== backend) ? [String(backend)] : []),
    ...(others.some((other) => other.factors.threads !== threads) ? [`${threads} threads`] : []),
    ...(protocolOf(row) === '' ? [] : [protocolOf(row)]),
    ...(Number.isFinite(numericFactor(row, 'snr')) ? [`SNR ${shorten(numericFactor(row, 'snr'))}`] : []),
  ];
  const us = shorten(row.value);
  const low = Number.isFinite(row.ciLow) && row.ciLow > 0 ? shorten(row.ciLow) : us!;
  const high = Number.isFinite(row.ciHigh) ? shorten(row.ciHigh) : us!;
  return {
    name: [row.method, ...told].join(' · '),
    us,
    low,
    high,
    label: fromMicroseconds(row.value),
    from: fromMicroseconds(low!),
    to: fromMicroseconds(high!),
    backend,
    threads,
    cpu,
  };
}
