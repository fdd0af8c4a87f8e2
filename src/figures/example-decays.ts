import type { Figure } from '../contracts/figure.ts';
import { TRUTH } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { fittersOf } from '../tables/reading/fitters-of.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { REFERENCE_COLOR, LINE_DASH, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** The noise level in the middle is the one nearest to this, of those between the highest and the lowest. */
const MIDDLE_SNR = 20;

/** Estimates beyond so many times the truth are written at the edge instead of drawn. */
const FAR = 4;

const figure: Figure = {
  title: 'One voxel: signals, fits and intervals',
  order: 1.2,
  caption:
    'The test voxel whose true parameters are nearest to the medians, at a high, a middle and a low SNR. Left: its signals divided by that at ' +
    'b = 0 (points, with ± 1.96 standard deviations of the noise), on a logarithmic axis, and the decays that the estimates describe. Right: ' +
    'the estimates with their 95 % intervals, where the fitter gives them; the grey vertical line is the true value. Estimates far beyond ' +
    'the frame are written at its edge.',
  draw(rows, all, manifest) {
    // Repeats of one fitter are many curves of one kind: the first stands for them.
    const repeated = new Set(
      (fittersOf(manifest) as { name: string; repeat?: { number: number } }[])
        .filter(({ repeat }) => repeat !== undefined && repeat.number > 1)
        .map(({ name }) => name),
    );
    const pictures = all.filter(
      ({ quantity, method, factors }) =>
        ['decay', 'estimate'].includes(quantity) && typeof factors.snr === 'number' && !repeated.has(method),
    );
    const examples = examplesOf(pictures);
    if (examples.length === 0) return null;
    const fitters = pictures.map(({ method }) => method).filter((name) => name !== '' && name !== TRUTH);
    const looks = seriesLooks(rows, fitters, floorOf(manifest));
    if (looks.series.length === 0) return null;
    const parameters = PARAMETERS;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1 + parameters.length, minPanelWidth: 80, narrow: 2 },
      columns: 1 + parameters.length,
      spacing: { row: 18, column: 14 },
      concat: examples.flatMap((example) => [
        decays(example, looks),
        ...parameters.map((name, i) => estimates(example, name, i, looks)),
      ]),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

const LEGEND = { title: null, orient: 'top' as const, columns: 6, symbolOpacity: 1 };

/** One voxel at one noise level. */
interface Example {
  readonly protocol: string;
  readonly snr: number;
  readonly pictures: readonly Picture[];
}

/** Without the signals themselves there is nothing to hold fits against. */
const isMeasured = ({ method, quantity }: Picture): boolean => method === '' && quantity === 'decay';

/** Three noise levels of a single protocol, or one of each of several. */
function examplesOf(pictures: readonly Picture[]): Example[] {
  const protocolIn = ({ factors }: Picture) => String(factors.protocol ?? '');
  const protocols = [...new Set(pictures.map(protocolIn))];
  return protocols.flatMap((protocol) => {
    const own = pictures.filter((picture) => protocolIn(picture) === protocol);
    const snrs = [...new Set(own.map(({ factors }) => Number(factors.snr)))].sort((a, b) => b - a);
    const off = (snr: number) => Math.abs(Math.log(snr / MIDDLE_SNR));
    const middle = (some: readonly number[]) =>
      some.reduce((best, snr) => (off(snr) < off(best) ? snr : best));
    const between = snrs.slice(1, -1);
    const shown =
      protocols.length > 1
        ? [middle(snrs)]
        : [...new Set([snrs[0], ...(between.length > 0 ? [middle(between)] : []), snrs[snrs.length - 1]])];
    return shown
      .map((snr) => ({ protocol, snr, pictures: own.filter(({ factors }) => factors.snr === snr) }))
      .filter((example) => example.pictures.some(isMeasured));
  });
}

/** The pairs of b-value and signal that a picture holds; signals that are not above 0 have no logarithm. */
function pointsOf({ width, values }: Picture) {
  return Array.from({ length: width }, (_, i) => ({
    b: shorten(values[i]),
    signal: shorten(values[width + i]),
  })).filter(({ b, signal }) => b !== null && signal !== null && signal > 0);
}

function decays({ protocol, snr, pictures }: Example, looks: SeriesLooks) {
  const of = (method: string) => pictures.find((each) => each.method === method && each.quantity === 'decay');
  const [measured, truth] = [of(''), of(TRUTH)].map((found) => (found ? pointsOf(found) : []));
  const seen = [...measured, ...truth].map(({ signal }) => signal!);
  const [bottom, top] = [Math.min(1, ...seen) * 0.75, Math.max(1, ...seen) * 1.15].map((end) =>
    shorten(end)!,
  );
  const inside = ({ signal }: { readonly signal: number | null }) => signal! >= bottom && signal! <= top;
  // Curves end at the frame.
  const curves = looks.series.flatMap((series) => {
    const found = of(series);
    if (!found) return [];
    return pointsOf(found)
      .filter(inside)
      .map((point) => ({ ...point, series, ...looks.marksOf(series) }));
  });
  const noise = 1.96 / snr;
  const signals = measured.map(({ b, signal }) => ({
    b,
    signal,
    low: shorten(Math.max(signal! - noise, bottom)),
    high: shorten(Math.min(signal! + noise, top)),
  }));
  const x = {
    field: 'b',
    type: 'quantitative' as const,
    scale: {
      domain: [0, Math.max(1, ...[...measured, ...truth, ...curves].map(({ b }) => b!))],
      nice: false,
    },
    axis: { title: 'b (s/mm²)', tickCount: 5, grid: false },
  };
  const y = {
    field: 'signal',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [bottom, top], nice: false },
    axis: { title: 'signal', values: signalTicks(bottom, top), format: '~g' },
  };
  return {
    title: {
      text: `SNR ${Number(snr.toPrecision(3))}`,
      subtitle: protocol === '' ? 'signals and fits' : protocol,
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 300,
    height: Math.max(130, 16 * looks.series.length),
    layer: [
      {
        data: { values: truth },
        mark: {
          type: 'line' as const,
          color: REFERENCE_COLOR,
          strokeWidth: 5,
          opacity: 0.35,
          tooltip: false,
        },
        encoding: { x, y },
      },
      {
        data: { values: curves },
        mark: { type: 'line' as const, strokeWidth: 1.5 },
        encoding: {
          x,
          y,
          color: { field: 'series', type: 'nominal' as const, scale: looks.color, legend: LEGEND },
          strokeDash: LINE_DASH,
        },
      },
      {
        data: { values: signals },
        mark: { type: 'rule' as const, strokeWidth: 1 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        data: { values: signals },
        mark: { type: 'point' as const, filled: true, size: 26, color: REFERENCE_COLOR, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [
            { field: 'b', title: 'b (s/mm²)' },
            { field: 'signal', title: 'signal', format: '.3~g' },
          ],
        },
      },
    ],
  };
}

const signalTicks = (low: number, high: number): number[] =>
  [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1].filter((tick) => tick >= low && tick <= high);

function estimates({ pictures }: Example, name: ParameterName, place: number, looks: SeriesLooks) {
  const { shownUnit: unit, scale } = quantityOf(name);
  const at = (method: string) => {
    const found = pictures.find((each) => each.method === method && each.quantity === 'estimate');
    return found ? [0, 1, 2].map((i) => found.values[3 * place + i] * scale) : [NaN, NaN, NaN];
  };
  const [truth] = at(TRUTH);
  const far = FAR * truth;
  const all = looks.series.map((series) => ({ series, numbers: at(series) }));
  const edges = all.flatMap(({ numbers }) => numbers).filter((edge) => edge >= 0 && edge <= far);
  const high = Math.max(1.15 * truth, ...edges) * 1.05;
  const points = all.map(({ series, numbers: [value, low, end] }) => ({
    series,
    ...(Number.isFinite(value) && value <= high ? { value: shorten(value) } : {}),
    ...(Number.isFinite(low) && Number.isFinite(end) && low < high
      ? { low: shorten(Math.max(0, low)), high: shorten(Math.min(high, end)) }
      : {}),
    ...(value > high ? { beyond: `${Number(value.toPrecision(2))} →` } : {}),
  }));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, shorten(high) ?? 1], nice: false },
    axis: { title: unit === 'fraction' ? 'fraction' : unit, tickCount: 4 },
  };
  const y = {
    field: 'series',
    type: 'nominal' as const,
    sort: [...looks.series],
    scale: { domain: [...looks.series] },
    axis: { title: null, grid: false, domain: false, ticks: false, labels: place === 0, labelLimit: 120 },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: LEGEND };
  const shape = { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: LEGEND };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'value', title: `${name} (${unit})`, format: '.3~g' },
    { field: 'low', title: '95 % interval from', format: '.3~g' },
    { field: 'high', title: 'to', format: '.3~g' },
  ];
  return {
    title: { text: name, subtitle: quantityOf(name).label, fontSize: 12, subtitleFontSize: 11 },
    width: 150,
    height: Math.max(130, 16 * looks.series.length),
    data: { values: points },
    layer: [
      {
        data: { values: Number.isFinite(truth) ? [{ value: shorten(truth) }] : [] },
        mark: {
          type: 'rule' as const,
          color: REFERENCE_COLOR,
          strokeWidth: 5,
          opacity: 0.35,
          tooltip: false,
        },
        encoding: { x: { ...x, field: 'value' } },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule' as const, strokeWidth: 4, opacity: 0.4, strokeCap: 'round' as const },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color, tooltip },
      },
      {
        transform: [{ filter: 'isValid(datum.value)' }],
        mark: { type: 'point' as const, filled: true, size: 44, opacity: 1 },
        encoding: { y, x: { ...x, field: 'value' }, color, shape, tooltip },
      },
      {
        transform: [{ filter: 'isValid(datum.beyond)' }],
        mark: { type: 'text' as const, align: 'right' as const, fontSize: 10 },
        encoding: { y, x: { ...x, datum: shorten(high) ?? 1 }, text: { field: 'beyond' } },
      },
    ],
  };
}
