import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { DENSITY, TRUE_DENSITY } from '../measures/repeated-trainings.ts';
import { numericFactor } from '../tables/reading/factor.ts';
import { noiseOfTest, type NoiseOfTest } from '../tables/reading/noise-of-test.ts';
import { numberText } from '../tables/reading/number-text.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { REFERENCE_COLOR, seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Estimates under a narrow and a wide range of Dp',
  order: 5.3,
  caption:
    'Histograms of the estimates of all trainings (lines) and of the true values (grey), as densities divided by the true density. Networks ' +
    'of each row were trained and tested with Dp up to the value shown. Estimates that concentrate in the middle of the range are shrunk ' +
    'towards it, because the signals carry little information.',
  draw(rows, _pictures, manifest) {
    const own = rows.filter(
      (row) =>
        row.experiment === 'parameter-range' &&
        [DENSITY.name, TRUE_DENSITY.name].includes(row.metric) &&
        [row.value, ...['Dp_up_to', 'from', 'to'].map((factor) => numericFactor(row, factor))].every(
          Number.isFinite,
        ),
    );
    const conditions = [
      ...new Map(
        own.flatMap((row) => {
          const noise = noiseOfTest(row);
          const end = numericFactor(row, 'Dp_up_to');
          return noise ? [[`${noise.key} ${end}`, { noise, end }] as const] : [];
        }),
      ).values(),
    ].sort((a, b) => b.noise.snr - a.noise.snr || a.end - b.end);
    if (conditions.length === 0) return null;
    const looks = seriesLooks(
      rows,
      own.map(({ method }) => method),
      floorOf(manifest),
    );
    const panels = conditions.flatMap(({ noise, end }) =>
      PARAMETERS.flatMap((name) => {
        const ofPanel = own.filter(
          (row) =>
            row.parameter === name &&
            noiseOfTest(row)?.key === noise.key &&
            numericFactor(row, 'Dp_up_to') === end,
        );
        return ofPanel.length > 0 ? [panel(name, noise, end, ofPanel, looks)] : [];
      }),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 200 },
      columns: 3,
      spacing: 24,
      concat: panels,
      resolve: { scale: { color: 'shared' } },
    };
  },
};
export default figure;

function panel(
  name: ParameterName,
  noise: NoiseOfTest,
  end: number,
  rows: readonly Row[],
  looks: SeriesLooks,
) {
  const { shownUnit: unit, scale } = quantityOf(name);
  const truth = Math.max(
    ...rows.filter(({ metric }) => metric === TRUE_DENSITY.name).map(({ value }) => value),
  );
  const bins = rows
    .map((row) => ({
      metric: row.metric,
      series: row.method,
      from: numericFactor(row, 'from') * scale,
      to: numericFactor(row, 'to') * scale,
      density: row.value / truth,
    }))
    .filter(({ density }) => Number.isFinite(density))
    .sort((a, b) => a.from - b.from);
  const drawn = bins.filter(({ metric }) => metric === DENSITY.name);
  const top = 1.05 * Math.max(1, ...drawn.map(({ density }) => density));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [bins[0].from, bins.at(-1)!.to].map((edge) => shorten(edge)!), nice: false },
    axis: { title: `${name} (${unit})`, tickCount: 6, grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [0, shorten(top)!], nice: false },
    axis: { title: 'density / true density', tickCount: 4 },
  };
  const rounded = ({ series, from, to, density }: (typeof bins)[number]) => ({
    series,
    from: shorten(from),
    to: shorten(to),
    density: shorten(density),
  });
  const uniform = bins.filter(({ metric, density }) => metric === TRUE_DENSITY.name && density > 0);
  // Steps are drawn from edge to edge, down to nothing at the last.
  const outline = looks.series.flatMap((series) => {
    const own = drawn.filter((bin) => bin.series === series);
    const last = own.at(-1);
    return last ? [...own.map(rounded), rounded({ ...last, from: last.to, density: 0 })] : [];
  });
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'from', title: `from (${unit})`, format: '.3~g' },
    { field: 'to', title: `to (${unit})`, format: '.3~g' },
    { field: 'density', title: 'density / true density', format: '.3~f' },
  ];
  return {
    title: {
      text: name,
      subtitle: `Dp up to ${numberText(1000 * end, 3)} × 10⁻³ mm²/s, ${noise.text}`,
    },
    width: 240,
    height: 170,
    layer: [
      {
        data: {
          values:
            uniform.length > 0
              ? [{ from: shorten(uniform[0].from), to: shorten(uniform.at(-1)!.to), density: 1, zero: 0 }]
              : [],
        },
        mark: { type: 'rect' as const, color: REFERENCE_COLOR, opacity: 0.3, tooltip: false },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'to' },
          y: { ...y, field: 'zero' },
          y2: { field: 'density' },
        },
      },
      {
        data: { values: outline },
        mark: { type: 'line' as const, interpolate: 'step-after' as const, strokeWidth: 1.8 },
        encoding: {
          x: { ...x, field: 'from' },
          y: { ...y, field: 'density' },
          color: {
            field: 'series',
            type: 'nominal' as const,
            scale: looks.color,
            legend: { title: null, orient: 'top' as const, columns: 6 },
          },
          tooltip,
        },
      },
    ],
  };
}
