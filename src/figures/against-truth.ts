import type { Figure } from '../contracts/figure.ts';
import { TRUTH } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import { inRegionOrder, regionText } from '../tables/reading/regions.ts';
import { bySession, sessionText } from '../tables/reading/session-display.ts';
import { byName } from '../tables/reading/series.ts';
import { REGION_COLORS } from './look/palette.ts';
import { subjectMeans, type SubjectMean } from './look/region-means.ts';
import { shorten } from './look/shorten.ts';

interface Point {
  readonly region: string;
  readonly subject: string;
  readonly session: string;
  readonly truth: number | null;
  readonly estimate: number | null;
}

const figure: Figure = {
  title: 'Estimated against true region means',
  order: 2.5,
  caption:
    'Estimated against true mean of the same voxels, one row per parameter and one column per fitter. Each point is one region of one ' +
    'virtual person, averaged over readers; on the dashed line the two are equal. A flat cloud means that the fitter returns nearly the same ' +
    'estimate for everybody, so that its small variation between people is uninformative.',
  draw(rows) {
    const means = subjectMeans(rows);
    const fitters = [...new Set(means.map(({ method }) => method))]
      .filter((name) => name !== TRUTH)
      .sort(byName);
    const known = new Map(
      means.filter(({ method }) => method === TRUTH).map((mean) => [key(mean), mean.value]),
    );
    if (fitters.length === 0 || known.size === 0) return null;
    const regions = inRegionOrder(
      rows,
      means.map(({ region }) => region),
    ).map(regionText);
    const sessions = [...new Set(means.map(({ session }) => session))].sort(bySession).map(sessionText);
    const parameters = PARAMETERS.filter((name) => means.some(({ parameter }) => parameter === name));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: fitters.length, minPanelWidth: 125, grid: true },
      columns: fitters.length,
      spacing: 22,
      concat: parameters.flatMap((name) => {
        const { scale } = quantityOf(name);
        const points = (fitter: string) =>
          means.flatMap((mean): Point[] => {
            const truth = known.get(key(mean));
            if (mean.method !== fitter || mean.parameter !== name || truth === undefined) return [];
            const { region, subject, session, value } = mean;
            return [
              {
                region: regionText(region),
                subject,
                session: sessionText(session),
                truth: shorten(truth * scale),
                estimate: shorten(value * scale),
              },
            ];
          });
        return fitters.map((fitter) => panel(name, fitter, points(fitter), { regions, sessions }));
      }),
      resolve: { scale: { color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

const key = ({ parameter, session, region, subject }: SubjectMean): string =>
  JSON.stringify([parameter, session, region, subject]);

function panel(
  name: ParameterName,
  fitter: string,
  points: readonly Point[],
  { regions, sessions }: { regions: readonly string[]; sessions: readonly string[] },
) {
  const { shownUnit: unit } = quantityOf(name);
  const truths = points.flatMap(({ truth }) => truth ?? []);
  const [low, high] = [Math.min(...truths), Math.max(...truths)];
  const axis = (title: string) => ({
    type: 'quantitative' as const,
    scale: { zero: false },
    axis: { title, tickCount: 5 },
  });
  const legend = { title: null, orient: 'top' as const, columns: 8, symbolOpacity: 1 };
  return {
    title: `${name} · ${fitter}`,
    width: 220,
    height: 180,
    layer: [
      {
        data: { values: truths.length > 0 ? [{ low: shorten(low), high: shorten(high) }] : [] },
        mark: { type: 'rule' as const, strokeDash: [4, 3], tooltip: false },
        encoding: {
          x: { ...axis(`true ${name} (${unit})`), field: 'low' },
          x2: { field: 'high' },
          y: { ...axis(`estimated ${name} (${unit})`), field: 'low' },
          y2: { field: 'high' },
        },
      },
      {
        data: { values: [...points] },
        mark: { type: 'point' as const, filled: true, size: 26, opacity: 0.8 },
        encoding: {
          x: { ...axis(`true ${name} (${unit})`), field: 'truth' },
          y: { ...axis(`estimated ${name} (${unit})`), field: 'estimate' },
          color: {
            field: 'region',
            type: 'nominal' as const,
            scale: {
              domain: [...regions],
              range: regions.map((_, i) => REGION_COLORS[i % REGION_COLORS.length]),
            },
            legend: { ...legend, symbolType: 'square' },
          },
          shape: {
            field: 'session',
            type: 'nominal' as const,
            scale: { domain: [...sessions], range: sessions.map((_, i) => SHAPES[i % SHAPES.length]) },
            legend: sessions.length > 1 ? legend : null,
          },
          tooltip: [
            { field: 'subject', title: 'subject' },
            { field: 'region', title: 'region' },
            { field: 'session', title: 'session' },
            { field: 'truth', title: `true ${name} (${unit})`, format: '.3~g' },
            { field: 'estimate', title: `estimated (${unit})`, format: '.3~g' },
          ],
        },
      },
    ],
  };
}

const SHAPES = ['circle', 'triangle-up', 'square', 'diamond', 'cross'];
