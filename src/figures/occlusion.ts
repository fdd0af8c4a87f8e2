import type { Figure } from '../contracts/figure.ts';
import type { Picture } from '../contracts/picture.ts';
import { OCCLUSION } from '../measures/quantities.ts';
import { quantileOf } from './look/map-range.ts';
import { paintImage, paintSigned } from './look/paint.ts';
import { BLUE_TO_RED } from './look/palette.ts';
import { colorBarPanel, picturePanel } from './look/picture-panel.ts';

const figure: Figure = {
  title: 'Where covering an image changes the answer',
  order: 1.6,
  caption:
    'A positive and a negative test case, those whose probability is the median of their class, in the slice where covering matters most. ' +
    'Right: how much the log-odds of being positive fall when a window of a fifth of each axis is filled with the mean of the tissue in all images at ' +
    'once, averaged over the windows that contain a voxel. Red: evidence for a positive case; blue: against it. Outside the body the filling adds tissue. Such ' +
    'a map shows what one network responds to in two cases. It does not prove that the network uses what is visible there; other windows, seeds or ' +
    'fillings give other maps. Not for reading the images of a patient.',
  draw(_rows, all = []) {
    const maps = all.filter(({ quantity }) => quantity === OCCLUSION);
    if (maps.length === 0) return null;
    const top = Math.max(...maps.map(({ values }) => quantileOf(values.map(Math.abs), 0.995)), 1e-6);
    const rows = maps.map((map) => ({
      map,
      images: all.filter((other) => other.quantity !== OCCLUSION && sameCase(other, map)),
    }));
    const columns = 1 + Math.max(...rows.map(({ images }) => images.length));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns, minPanelWidth: 110, keepAspect: true, grid: true },
      columns,
      spacing: 12,
      concat: rows.flatMap(({ map, images }, row) => [
        ...images.map((image, i) =>
          picturePanel(
            image,
            paintImage(image, quantileOf(image.values, 0.995)),
            image.quantity,
            // A blank line keeps the others at the same height.
            i === 0 ? caseText(map) : ' ',
          ),
        ),
        mapPanel(map, top, row === 0),
      ]),
      resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
    };
  },
};
export default figure;

const sameCase = (a: Picture, b: Picture): boolean =>
  a.experiment === b.experiment && a.factors.subject === b.factors.subject;

const caseText = ({ factors: { subject, disease_stage: stage, probability } }: Picture): string =>
  `${subject}, stage ${stage}, p = ${probability}`;

function mapPanel(map: Picture, top: number, keyed: boolean) {
  const panel = picturePanel(map, paintSigned(map, top), map.method, 'covered');
  if (!keyed) return panel;
  return {
    ...panel,
    layer: [...panel.layer, colorBarPanel('fall of the log-odds', BLUE_TO_RED, [-top, top])],
  };
}
