import type { Figure } from '../contracts/figure.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { coveragesOf, type Coverage } from '../tables/reading/coverage.ts';
import { quantityOf } from '../measures/quantities.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { coverageAgainstSnr, frameOf, type CoverageFrame } from './look/coverage-against-snr.ts';
import { coverageMarks, nameOf } from './look/coverage-marks.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Coverage of the intervals',
  order: 1.3,
  caption:
    'Top: percentage of voxels whose true value lies inside the central 50, 80 and 95 % intervals of each fitter, mean over the SNRs; on ' +
    'the grey diagonal coverage is nominal, below it the intervals are too narrow. Bottom: coverage of the 95 % intervals against SNR, ' +
    'with 95 % Wilson intervals over voxels; the grey line is at 95 %. Intervals are between quantiles if the fitter gives them, otherwise ' +
    '± 1.96 standard deviations; fitters that give neither are not shown. Coverage is an average over the tissue of the test voxels.',
  draw(rows, _pictures, manifest) {
    const coverages = coveragesOf(rows);
    const parameters = PARAMETERS.filter((name) => coverages.some(({ row }) => row.parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      coverages.map(({ row }) => nameOf(row)),
      floorOf(manifest),
    );
    const frame = frameOf(coverages);
    const rowsOfPanels = protocolsOf(coverages.map(({ row }) => row)).map((protocol) =>
      parameters.map((name): Panel => {
        const all = coverages.filter(({ row }) => row.parameter === name);
        return {
          name,
          protocol,
          coverages: all.filter(({ row }) => protocolOf(row) === protocol),
          frame,
        };
      }),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: parameters.length,
      spacing: 24,
      concat: rowsOfPanels.flatMap((panels) => [
        ...panels.map((panel) => reliability(panel, looks)),
        ...panels.map(({ name, coverages, frame }) => coverageAgainstSnr(name, coverages, frame, looks)),
      ]),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

interface Panel {
  readonly name: ParameterName;
  /** '' where there is one protocol. */
  readonly protocol: string;
  readonly coverages: readonly Coverage[];
  readonly frame: CoverageFrame;
}

function reliability({ name, protocol, coverages }: Panel, looks: SeriesLooks) {
  const points = looks.series.flatMap((series) =>
    [0.5, 0.8, 0.95].flatMap((nominal) => {
      const own = coverages.filter(
        (coverage) => coverage.nominal === nominal && nameOf(coverage.row) === series,
      );
      if (own.length === 0) return [];
      const mean = own.reduce((sum, { row }) => sum + row.value, 0) / own.length;
      return [{ series, nominal: 100 * nominal, covered: shorten(100 * mean) }];
    }),
  );
  const axis = { values: [0, 20, 40, 60, 80, 100], format: 'd' };
  const x = {
    field: 'nominal',
    type: 'quantitative' as const,
    scale: { domain: [40, 100] },
    axis: { ...axis, title: 'nominal coverage (%)', grid: false },
  };
  const y = {
    field: 'covered',
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    axis: { ...axis, title: `coverage, ${name} (%)` },
  };
  return {
    title: { text: name, subtitle: protocol === '' ? quantityOf(name).label : protocol },
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: [40, 100].map((at) => ({ nominal: at, covered: at })) },
        mark: { type: 'line' as const, color: REFERENCE_COLOR, strokeWidth: 1, tooltip: false },
        encoding: { x, y },
      },
      ...coverageMarks(points, { x, y }, looks, [
        { field: 'series', title: 'fitter' },
        { field: 'nominal', title: 'nominal (%)', format: '~g' },
        { field: 'covered', title: 'coverage, mean over SNRs (%)', format: '.3~g' },
      ]),
    ],
  };
}
