import type { Figure } from '../contracts/figure.ts';
import { TRUTH } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { segmentationMethods } from '../tables/reading/segmentation-methods.ts';
import { quantileOf } from './look/map-range.ts';
import { paintImage } from './look/paint.ts';
import { filler, picturePanel, titleLines } from './look/picture-panel.ts';
import { regionKey } from './look/region-key.ts';

const figure: Figure = {
  title: 'A slice of one person, and where methods disagree with the truth',
  order: 2,
  caption:
    'The signal at b = 0, and over it the true regions and those of readers and methods that have not seen this person; below each, the voxels alone where it differs from the ' +
    'truth, in the colour of the region that it has in place of the true one, and in black where it has none. The front is on top, the patient’s right on the left.',
  draw(rows, all = []) {
    const pictures = all.filter(({ experiment }) => experiment === 'segmentation');
    const image = pictures.find(({ quantity }) => quantity === 'b0');
    const drawn = (name: string, condition: string) =>
      pictures.find(
        ({ method, factors, quantity }) =>
          quantity === 'regions' && method === name && (factors.condition ?? '') === condition,
      );
    const truth = drawn(TRUTH, '');
    if (!image || !truth) return null;
    const top = quantileOf(image.values, 0.995);
    const shown = segmentationMethods(rows).flatMap(({ method, condition, reader, name }) => {
      const picture = drawn(reader === '' ? method : reader, condition);
      return picture ? [{ name, picture }] : [];
    });
    const columns = Math.min(5, 1 + shown.length);
    const blank = filler(picturePanel(image, '', []));
    const cells = [
      {
        above: panelOf(image, paintImage(image, top), 'b = 0', image),
        below: panelOf(image, paintImage(image, top, truth), 'truth', truth),
      },
      ...shown.map(({ name, picture }) => ({
        above: panelOf(image, paintImage(image, top, picture), name, picture),
        below: panelOf(
          image,
          paintImage(image, top, difference(picture, truth)),
          'differs from the truth',
          picture,
        ),
      })),
    ];
    const lines = Array.from({ length: Math.ceil(cells.length / columns) }, (_, i) =>
      cells.slice(i * columns, (i + 1) * columns),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns, minPanelWidth: 110, keepAspect: true, grid: true },
      columns,
      spacing: 10,
      concat: lines.flatMap((line, i) => {
        const missing = new Array<typeof blank>(columns - line.length).fill(blank);
        const below = line.map((cell) => cell.below);
        if (i === 0)
          below[0] = { ...below[0], layer: [...below[0].layer, keyOf(truth)] as (typeof below)[0]['layer'] };
        return [...line.map((cell) => cell.above), ...missing, ...below, ...missing];
      }),
      resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
    };
  },
};
export default figure;

const panelOf = (image: Picture, address: string, title: string, of: Picture) => {
  const subtitle = of.quantity === 'b0' ? `${of.factors.subject}, slice ${of.factors.slice}` : undefined;
  return picturePanel(image, address, titleLines(title), subtitle);
};

/** Colours stand for regions by their number; this one for background in place of a region. */
const BACKGROUND = -1;

/** Where two drawings differ, what the first has there; NaN elsewhere. */
const difference = (picture: Picture, truth: Picture): Picture => ({
  ...picture,
  values: picture.values.map((value, i) =>
    Object.is(value, truth.values[i]) ? NaN : Number.isNaN(value) ? BACKGROUND : value,
  ),
});

const keyOf = ({ legend = [] }: Picture) => regionKey(legend.map((name, i) => ({ name, i })));
