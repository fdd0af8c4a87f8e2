import type { Figure } from '../contracts/figure.ts';
import { TRUTH } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { NETWORK_READER } from '../measures/network-reader.ts';
import { quantityOf } from '../measures/quantities.ts';
import { bySession, sessionText } from '../tables/reading/session-display.ts';
import { byName } from '../tables/reading/series.ts';
import { paintImage, paintMap } from './look/paint.ts';
import { colorBarPanel, filler, PANEL_WIDTH, picturePanel } from './look/picture-panel.ts';
import { VIRIDIS } from './look/palette.ts';
import { regionKey } from './look/region-key.ts';
import { quantileOf, topOfMaps } from './look/map-range.ts';

const figure: Figure = {
  title: 'A slice of one person',
  order: 2.2,
  caption:
    'Left: the signal at b = 0, and the regions that two readers drew, or the first of them and a network. Then the maps of each fitter, one row per parameter with one colour ' +
    'bar; values above its end have the last colour, and air is transparent. For a virtual person, `truth` shows the true maps. The ' +
    'patient’s right is on the left. Complete maps are in the folder `maps` as NIfTI files.',
  draw(_rows, all = []) {
    const pictures = all.filter(({ experiment }) => experiment === 'volunteers');
    const sessions = [...new Set(pictures.map(sessionOf))].sort(bySession);
    const grids = sessions.map((session) => {
      const ofSession = pictures.filter((picture) => sessionOf(picture) === session);
      return { session, ofSession, fitters: fittersOf(ofSession) };
    });
    const columns = 1 + Math.max(0, ...grids.map(({ fitters }) => fitters.length));
    if (columns === 1) return null;
    const shown = (name: ParameterName) => pictures.filter(({ quantity }) => quantity === name);
    const tops = new Map(
      PARAMETERS.map((name) => [name, topOfMaps(shown(name).map(({ values }) => values))]),
    );
    const panels = grids.flatMap(({ session, ofSession, fitters }) => {
      const told = sessions.length > 1 ? ` · ${sessionText(session)}` : '';
      const left = leftColumn(ofSession, told);
      const blank = filler(left[0] ?? { width: PANEL_WIDTH, height: PANEL_WIDTH });
      return PARAMETERS.flatMap((name, row) => [
        left[row] ?? blank,
        ...Array.from({ length: columns - 1 }, (_, column) => {
          const picture = ofSession.find(
            ({ method, quantity }) => quantity === name && method === fitters[column],
          );
          if (!picture) return blank;
          return mapPanel(name, picture, tops.get(name)!, told, column === columns - 2);
        }),
      ]);
    });
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns, minPanelWidth: 110, keepAspect: true, grid: true },
      columns,
      spacing: 12,
      concat: panels,
      resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
    };
  },
};
export default figure;

const sessionOf = ({ factors }: Picture): string => String(factors.session ?? '');

/** What is true first: the others are compared with it. */
function fittersOf(pictures: readonly Picture[]): string[] {
  const maps = pictures.filter(({ quantity }) => quantity !== 'b0' && quantity !== 'regions');
  const rank = (fitter: string) => (fitter === TRUTH ? 0 : 1);
  return [...new Set(maps.map(({ method }) => method))].sort((a, b) => rank(a) - rank(b) || byName(a, b));
}

/** The image, and the regions of the first two readers over it, or of the first and of a network. */
function leftColumn(pictures: readonly Picture[], told: string) {
  const image = pictures.find(({ quantity }) => quantity === 'b0');
  if (!image) return [];
  const top = quantileOf(image.values, 0.995);
  const drawings = pictures.filter(({ quantity }) => quantity === 'regions');
  const network = drawings.find(({ factors }) => factors.reader === NETWORK_READER);
  const regions = network ? [drawings[0], network] : drawings.slice(0, 2);
  const { subject, session, slice } = image.factors;
  const shown = `${subject}, ${sessionText(String(session))}, slice ${slice}`;
  return [
    picturePanel(image, paintImage(image, top), `b = 0${told}`, shown),
    ...regions.map((drawn, i) => {
      const address = paintImage(image, top, drawn);
      const panel = picturePanel(image, address, `${drawn.factors.reader}${told}`);
      return i < regions.length - 1 ? panel : { ...panel, layer: [...panel.layer, keyOf(drawn)] };
    }),
  ];
}

function mapPanel(name: ParameterName, picture: Picture, top: number, told: string, keyed: boolean) {
  const title = `${name} · ${picture.method}${told}`;
  // Only maps of what was learned from the slice have a stage of their own.
  const learned = picture.factors.stage === undefined ? [] : ['learned from this slice'];
  const panel = picturePanel(picture, paintMap(picture, top), title, ...learned);
  return keyed ? { ...panel, layer: [...panel.layer, colorBar(name, top)] } : panel;
}

function colorBar(name: ParameterName, top: number) {
  const { shownUnit: unit, scale } = quantityOf(name);
  return colorBarPanel(unit === 'fraction' ? name : `${name} (${unit})`, VIRIDIS, [0, top * scale]);
}

/** The key of the regions that a drawing shows. */
const keyOf = ({ legend = [], values }: Picture) =>
  regionKey(legend.map((name, i) => ({ name, i })).filter(({ i }) => values.includes(i)));
