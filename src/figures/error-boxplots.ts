import type { Figure } from '../contracts/figure.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { protocolOf, protocolsOf } from '../tables/reading/protocols.ts';
import { seriesName } from '../tables/reading/series.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { errorBoxes, QUANTILES, quantileRows, type ErrorBox } from './look/error-boxes.ts';
import { errorFrame } from './look/error-frame.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Estimate minus truth',
  order: 2,
  caption:
    'Estimate minus truth of single voxels, a box for each SNR and fitter in the order of the legend: the symbol is the median, the box the ' +
    'interquartile range, and the whiskers span from the 5 % to the 95 % quantile. A small triangle at the edge marks a box or whisker that ' +
    'extends beyond the frame; the tooltip has its values.',
  draw(rows, _pictures, manifest) {
    const drawn = quantileRows(rows);
    const parameters = PARAMETERS.filter((name) => drawn.some((row) => row.parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      drawn.map((row) => seriesName(row, ['snr', 'protocol'])),
      floorOf(manifest),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1, minPanelWidth: 620 },
      columns: 1,
      spacing: 22,
      concat: protocolsOf(drawn).flatMap((protocol) =>
        parameters.map((name) => {
          const own = drawn.filter((row) => row.parameter === name && protocolOf(row) === protocol);
          return panel(name, protocol, errorBoxes(own), looks);
        }),
      ),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

const LEGEND = { title: null, orient: 'top' as const, columns: 6, symbolOpacity: 1 };

function panel(name: ParameterName, protocol: string, all: readonly ErrorBox[], looks: SeriesLooks) {
  const { label: meaning, shownUnit: unit, scale } = quantityOf(name);
  const [bottom, top] = errorFrame(all).map((edge) => shorten(edge * scale)!);
  const values = all.map((box) => {
    const scaled = Object.fromEntries(
      QUANTILES.map((quantile) => [quantile, shorten(box[quantile] * scale)]),
    );
    return {
      snr: shorten(box.snr),
      series: box.series,
      ...scaled,
      ...(box.q95 * scale > top ? { above: top } : {}),
      ...(box.q05 * scale < bottom ? { below: bottom } : {}),
    };
  });
  // Numbers go to the tooltip as they are, but a box is drawn no further than a frame's height beyond the frame: there
  // nothing is seen of it, and coordinates of any size are more than those who draw can bear.
  const height = top - bottom;
  const drawn = (quantile: (typeof QUANTILES)[number]) => `drawn_${quantile}`;
  const within = QUANTILES.map((quantile) => ({
    calculate: `clamp(datum.${quantile}, ${shorten(bottom - height)}, ${shorten(top + height)})`,
    as: drawn(quantile),
  }));
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [bottom, top], nice: false },
    axis: { title: `error of ${name} (${unit})`, tickCount: 5 },
  };
  const place = {
    x: {
      field: 'snr',
      type: 'ordinal' as const,
      sort: 'ascending' as const,
      scale: { paddingInner: 0.2, paddingOuter: 0.1 },
      axis: { title: 'SNR', labelAngle: 0, labelExpr: "format(datum.value, '.3~g')", grid: false },
    },
    xOffset: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain: [...looks.series], paddingInner: 0.25 },
    },
  };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    scale: looks.color,
    legend: LEGEND,
  };
  const shape = { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: LEGEND };
  const tooltip = [
    { field: 'series', title: 'fitter' },
    { field: 'snr', title: 'SNR', format: '.4~g' },
    ...[
      ['q05', '5 %'],
      ['q25', '25 %'],
      ['q50', 'median'],
      ['q75', '75 %'],
      ['q95', '95 %'],
    ].map(([field, title]) => ({ field, title: `${title} (${unit})`, format: '+.3~g' })),
  ];
  const clipped = { clip: true, tooltip: true };
  const beyond = (field: 'above' | 'below') => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: {
      type: 'point' as const,
      shape: field === 'above' ? 'triangle-up' : 'triangle-down',
      filled: true,
      size: 22,
      opacity: 1,
      yOffset: field === 'above' ? 4 : -4,
    },
    encoding: { ...place, y: { ...y, field }, color, tooltip },
  });
  return {
    title: {
      text: name,
      subtitle: protocol === '' ? meaning : `${meaning}, ${protocol}`,
    },
    width: 820,
    height: 190,
    data: { values },
    transform: within,
    layer: [
      {
        mark: { type: 'rule' as const, strokeWidth: 0.8, strokeDash: [3, 3], tooltip: false },
        data: { values: [{}] },
        encoding: { y: { ...y, datum: 0 } },
      },
      {
        mark: { type: 'rule' as const, ...clipped, strokeWidth: 1.2 },
        encoding: { ...place, y: { ...y, field: drawn('q05') }, y2: { field: drawn('q95') }, color, tooltip },
      },
      {
        mark: { type: 'bar' as const, ...clipped, cornerRadius: 1 },
        encoding: { ...place, y: { ...y, field: drawn('q25') }, y2: { field: drawn('q75') }, color, tooltip },
      },
      {
        mark: { type: 'point' as const, ...clipped, fill: 'white', size: 22, strokeWidth: 1.2, opacity: 1 },
        encoding: { ...place, y: { ...y, field: drawn('q50') }, color, shape, tooltip },
      },
      beyond('above'),
      beyond('below'),
    ],
  };
}
