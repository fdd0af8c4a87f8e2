import type { Figure } from '../contracts/figure.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { inRegionOrder, regionText } from '../tables/reading/regions.ts';
import { bySession, sessionText } from '../tables/reading/session-display.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { box } from './look/box.ts';
import { subjectMeans, type SubjectMean } from './look/region-means.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'Region means by fitter',
  order: 2.1,
  caption:
    'Means over the voxels of each region, averaged over readers, one value per person: the symbol is the median over people, the box the ' +
    'interquartile range, and the whiskers extend to all people. For virtual people, grey shows the true means of the same voxels.',
  draw(rows, _pictures, manifest) {
    const means = subjectMeans(rows);
    const parameters = PARAMETERS.filter((name) => means.some(({ parameter }) => parameter === name));
    if (parameters.length === 0) return null;
    const looks = seriesLooks(
      rows,
      means.map(({ method }) => method),
      floorOf(manifest),
    );
    const sessions = [...new Set(means.map(({ session }) => session))].sort(bySession);
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 1, minPanelWidth: 560 },
      columns: 1,
      spacing: 22,
      concat: parameters.flatMap((name) => {
        const ofParameter = means.filter(({ parameter }) => parameter === name);
        const { scale } = quantityOf(name);
        const values = ofParameter.map(({ value }) => value * scale);
        // The same axis at every field.
        const domain = [Math.min(0, ...values), Math.max(...values) * 1.04];
        return sessions.map((session) => {
          const ofSession = ofParameter.filter((mean) => mean.session === session);
          const regions = inRegionOrder(
            rows,
            ofSession.map(({ region }) => region),
          );
          return panel(name, session, regions, ofSession, domain, looks);
        });
      }),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

const LEGEND = { title: null, orient: 'top' as const, columns: 6, symbolOpacity: 1 };

function panel(
  name: ParameterName,
  session: string,
  regions: readonly string[],
  means: readonly SubjectMean[],
  domain: readonly number[],
  looks: SeriesLooks,
) {
  const { label: meaning, shownUnit: unit, scale } = quantityOf(name);
  const values = regions.flatMap((region) =>
    looks.series.flatMap((series) => {
      const ofBox = means.filter((mean) => mean.region === region && mean.method === series);
      const drawn = box(ofBox.map(({ value }) => value * scale));
      if (!drawn) return [];
      const [least, q25, q50, q75, most] = drawn.map((value) => shorten(value));
      const named = { region: regionText(region), series, people: ofBox.length };
      return [{ ...named, least, q25, q50, q75, most }];
    }),
  );
  const y = {
    type: 'quantitative' as const,
    scale: { domain: domain.map((end) => shorten(end)!), nice: false },
    axis: { title: `${name} (${unit})`, tickCount: 5 },
  };
  const place = {
    x: {
      field: 'region',
      type: 'nominal' as const,
      sort: regions.map(regionText),
      scale: { paddingInner: 0.25, paddingOuter: 0.12 },
      axis: { title: null, labelAngle: 0, grid: false, labelFontSize: 12 },
    },
    xOffset: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain: [...looks.series], paddingInner: 0.3 },
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
    { field: 'region', title: 'region' },
    { field: 'people', title: 'people' },
    ...[
      ['least', 'least'],
      ['q25', '25 %'],
      ['q50', 'median'],
      ['q75', '75 %'],
      ['most', 'most'],
    ].map(([field, title]) => ({ field, title: `${title} (${unit})`, format: '.3~g' })),
  ];
  return {
    title: { text: `${name} at ${sessionText(session)}`, subtitle: meaning },
    width: 820,
    height: 170,
    data: { values },
    layer: [
      {
        mark: { type: 'rule' as const, strokeWidth: 1.2, tooltip: true },
        encoding: { ...place, y: { ...y, field: 'least' }, y2: { field: 'most' }, color, tooltip },
      },
      {
        mark: { type: 'bar' as const, cornerRadius: 1, tooltip: true },
        encoding: { ...place, y: { ...y, field: 'q25' }, y2: { field: 'q75' }, color, tooltip },
      },
      {
        mark: {
          type: 'point' as const,
          fill: 'white',
          size: 28,
          strokeWidth: 1.3,
          opacity: 1,
          tooltip: true,
        },
        encoding: { ...place, y: { ...y, field: 'q50' }, color, shape, tooltip },
      },
    ],
  };
}
