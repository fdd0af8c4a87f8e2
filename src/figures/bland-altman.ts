import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { BLAND_ALTMAN_BIAS, BLAND_ALTMAN_LOWER, BLAND_ALTMAN_UPPER } from '../measures/agreement.ts';
import { quantityOf } from '../measures/quantities.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { regionText } from '../tables/reading/regions.ts';
import { byName } from '../tables/reading/series.ts';
import { bySession, sessionText } from '../tables/reading/session-display.ts';
import { subjectMeans, type SubjectMean } from './look/region-means.ts';
import { seriesLooks, type SeriesLooks } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

/** Two readers in one session: the first less the second. */
interface Pair {
  readonly session: string;
  readonly first: string;
  readonly second: string;
}

const figure: Figure = {
  title: 'Differences between readers',
  order: 2.6,
  caption:
    'Bland-Altman plots, one column per fitter: difference between the region means of two readers against their mean. Each point is one ' +
    'region of one person. The solid line is the mean difference; the dashed lines are the limits of agreement, between which 95 % of the ' +
    'differences are expected. Panels of a row share their vertical axis.',
  draw(rows, _pictures, manifest) {
    const limits = rows.filter(({ metric, value }) => LINES.has(metric) && Number.isFinite(value));
    const means = subjectMeans(rows);
    const panels = pairsIn(limits).flatMap((pair) =>
      PARAMETERS.flatMap((name) => {
        const ofPanel = limits.filter((row) => row.parameter === name && sameText(pairOf(row), pair));
        return ofPanel.length > 0 ? [{ name, pair, limits: ofPanel }] : [];
      }),
    );
    if (panels.length === 0) return null;
    const looks = seriesLooks(
      rows,
      limits.map(({ method }) => method),
      floorOf(manifest),
    );
    const several = new Set(panels.map(({ pair }) => `${pair.first} ${pair.second}`)).size > 1;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: looks.series.length, minPanelWidth: 120, grid: true },
      columns: looks.series.length,
      spacing: { row: 18, column: 14 },
      concat: panels.flatMap((each) => rowOfPanels(each, means, looks, several)),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

function pairsIn(rows: readonly Row[]): Pair[] {
  const pairs = new Map(rows.map((row) => [JSON.stringify(pairOf(row)), pairOf(row)]));
  return [...pairs.values()].sort(
    (a, b) => bySession(a.session, b.session) || byName(`${a.first} ${a.second}`, `${b.first} ${b.second}`),
  );
}

function pairOf({ factors }: Row): Pair {
  const [first = '', second = ''] = String(factors.readers ?? '').split(' - ');
  return { session: String(factors.session ?? ''), first, second };
}

const sameText = (a: Pair, b: Pair): boolean => JSON.stringify(a) === JSON.stringify(b);

interface Content {
  readonly name: ParameterName;
  readonly pair: Pair;
  readonly limits: readonly Row[];
}

/** A panel for each fitter, on one vertical axis. */
function rowOfPanels(
  { name, pair, limits }: Content,
  means: readonly SubjectMean[],
  looks: SeriesLooks,
  several: boolean,
) {
  const { scale } = quantityOf(name);
  const points = means.flatMap(({ parameter, session, readers, method, region, subject }) => {
    const [a, b] = [readers.get(pair.first), readers.get(pair.second)];
    if (parameter !== name || session !== pair.session || a === undefined || b === undefined) return [];
    const [mean, difference] = [shorten(((a + b) / 2) * scale), shorten((a - b) * scale)];
    return [{ series: method, region: regionText(region), subject, mean, difference }];
  });
  const lines = limits.map((row) => ({
    series: row.method,
    what: LINES.get(row.metric)!,
    at: shorten(row.value * scale),
    low: shorten(row.ciLow * scale),
    high: shorten(row.ciHigh * scale),
    dashed: row.metric !== BLAND_ALTMAN_BIAS.name,
  }));
  const edges = [...points.map(({ difference }) => difference), ...lines.map(({ at }) => at)].filter(
    (edge) => edge !== null,
  );
  const margin = 0.06 * (Math.max(...edges) - Math.min(...edges)) || 1;
  const domain = [Math.min(...edges) - margin, Math.max(...edges) + margin].map((edge) => shorten(edge)!);
  return looks.series.map((fitter, i) =>
    panel(
      { name, pair, fitter, domain, isFirst: i === 0, several },
      points.filter(({ series }) => series === fitter),
      lines.filter(({ series }) => series === fitter),
      looks,
    ),
  );
}

interface Panel {
  readonly name: ParameterName;
  readonly pair: Pair;
  readonly fitter: string;
  readonly domain: readonly number[];
  readonly isFirst: boolean;
  readonly several: boolean;
}

function panel(
  { name, pair, fitter, domain, isFirst, several }: Panel,
  points: readonly object[],
  lines: readonly { readonly dashed: boolean }[],
  looks: SeriesLooks,
) {
  const { shownUnit: unit } = quantityOf(name);
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: null };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [...domain], nice: false },
    axis: { title: isFirst ? `difference (${unit})` : null, tickCount: 5, labels: isFirst },
  };
  const rule = (dashed: boolean) => ({
    data: { values: lines.filter((line) => line.dashed === dashed) },
    mark: {
      type: 'rule' as const,
      strokeWidth: 1.4,
      ...(dashed ? { strokeDash: [4, 3] } : {}),
      tooltip: true,
    },
    encoding: {
      y: { ...y, field: 'at' },
      color,
      tooltip: [
        { field: 'series', title: 'fitter' },
        { field: 'what', title: 'line' },
        { field: 'at', title: `difference (${unit})`, format: '+.3~g' },
        { field: 'low', title: '95 % interval from', format: '+.3~g' },
        { field: 'high', title: 'to', format: '+.3~g' },
      ],
    },
  });
  return {
    title: {
      text: `${name} · ${fitter}`,
      subtitle: [
        ...(pair.session === '' ? [] : [sessionText(pair.session)]),
        ...(several ? [`${pair.first} less ${pair.second}`] : []),
      ].join(', '),
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 150,
    height: 140,
    layer: [
      {
        data: { values: [...points] },
        mark: { type: 'point' as const, filled: true, size: 18, opacity: 0.7 },
        encoding: {
          x: {
            field: 'mean',
            type: 'quantitative' as const,
            // A fitter without a point here has no range of its own.
            scale: points.length > 0 ? { zero: false } : { domain: [0, 1] },
            axis: { title: `mean (${unit})`, tickCount: 4, grid: false },
          },
          y: { ...y, field: 'difference' },
          color,
          shape: { field: 'series', type: 'nominal' as const, scale: looks.dot, legend: null },
          tooltip: [
            { field: 'series', title: 'fitter' },
            { field: 'subject', title: 'subject' },
            { field: 'region', title: 'region' },
            { field: 'mean', title: `mean (${unit})`, format: '.3~g' },
            { field: 'difference', title: `difference (${unit})`, format: '+.3~g' },
          ],
        },
      },
      rule(false),
      rule(true),
    ],
  };
}

const LINES: ReadonlyMap<string, string> = new Map([
  [BLAND_ALTMAN_BIAS.name, 'mean difference'],
  [BLAND_ALTMAN_LOWER.name, 'lower limit'],
  [BLAND_ALTMAN_UPPER.name, 'upper limit'],
]);
