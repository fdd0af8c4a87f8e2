import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { kindsOf, poorFitsOf, signalsOf } from '../tables/reading/poor-fits.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { seriesName } from '../tables/reading/series.ts';
import { legendOf } from './look/coverage-marks.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** Share of false alarms, in percent, that the test is to stay below on normal tissue. */
const TOLERATED = 0.5;

const figure: Figure = {
  title: 'What the residuals give away',
  order: 1.35,
  caption:
    'Percentage of voxels marked as poor fits (p < 0.001) by fitter, kind of signals and SNR, on a square-root axis, with 95 % Wilson ' +
    'intervals over voxels. Normal tissues, where every mark is a false alarm, are at the top with a star; the grey line is at 0.5 %.',
  draw(rows, _pictures, manifest) {
    const shares = poorFitsOf(rows).filter((row) => signalsOf(row) !== '' && numericFactor(row, 'snr') > 0);
    const snrs = [...new Set(shares.map((row) => numericFactor(row, 'snr')))]
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (snrs.length === 0) return null;
    const looks = seriesLooks(rows, shares.map(nameOf), floorOf(manifest));
    const kinds = kindsOf(shares, manifest).sort((a, b) => Number(b.normal) - Number(a.normal));
    const labels = new Map(kinds.map(({ name, normal }) => [name, normal ? `${name} *` : name]));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 2, minPanelWidth: 260 },
      columns: 2,
      spacing: 24,
      concat: snrs.map((snr) =>
        panel(
          snr,
          shares.filter((row) => numericFactor(row, 'snr') === snr),
          labels,
          looks,
        ),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

/** Fitter and whatever else it was measured under but signals and SNR. */
const nameOf = (row: Row): string => seriesName(row, ['signals', 'snr']);

function panel(snr: number, rows: readonly Row[], labels: ReadonlyMap<string, string>, looks: SeriesLooks) {
  const points = rows.map((row) => ({
    series: nameOf(row),
    signals: labels.get(signalsOf(row)),
    marked: shorten(100 * row.value),
    low: shorten(100 * row.ciLow),
    high: shorten(100 * row.ciHigh),
  }));
  const x = {
    type: 'quantitative' as const,
    scale: { type: 'sqrt' as const, domain: [0, 100], nice: false },
    axis: { title: 'marked as poor fits (%)', values: [0.1, 1, 5, 10, 25, 50, 75, 100], format: '~f' },
  };
  const y = {
    field: 'signals',
    type: 'nominal' as const,
    sort: [...labels.values()],
    axis: { title: null, grid: true, domain: false, ticks: false, labelLimit: 190 },
  };
  const legend = legendOf();
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'signals', title: 'signals' },
    { field: 'marked', title: 'marked (%)', format: '.3~g' },
    { field: 'low', title: '95 % interval from', format: '.3~g' },
    { field: 'high', title: 'to', format: '.3~g' },
  ];
  return {
    title: `SNR ${Number(snr.toPrecision(3))}`,
    width: 300,
    height: { step: 20 },
    data: { values: points },
    layer: [
      {
        data: { values: [{ marked: TOLERATED }] },
        mark: { type: 'rule' as const, color: REFERENCE_COLOR, strokeWidth: 1, tooltip: false },
        encoding: { x: { ...x, field: 'marked' } },
      },
      {
        mark: { type: 'rule' as const, strokeWidth: 3, opacity: 0.3 },
        encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 46, opacity: 0.9 },
        encoding: {
          y,
          x: { ...x, field: 'marked' },
          color,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.dot, legend },
          tooltip,
        },
      },
    ],
  };
}
