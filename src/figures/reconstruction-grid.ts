import type { Figure } from '../contracts/figure.ts';
import { TRUTH } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { MAGNITUDE, ZOOM } from '../measures/quantities.ts';
import { IMAGE_SETS } from '../tables/reading/image-methods.ts';
import { reconstructionMethods } from '../tables/reading/reconstruction-methods.ts';
import { topOfMaps } from './look/map-range.ts';
import { paintImage, paintSigned } from './look/paint.ts';
import { filler, picturePanel, titleLines } from './look/picture-panel.ts';

const figure: Figure = {
  title: 'A slice with small lesions',
  order: 2,
  caption:
    'For every acceleration: magnitudes, all in the same greys; below them their differences from the truth (blue: too low, red: too high); and the part about a ' +
    'lesion, enlarged. The other head is shown at the lowest acceleration. The front is on top, the patient’s right on the left.',
  draw(rows, all = []) {
    const pictures = all.filter(({ experiment }) => experiment === 'reconstruction');
    const methods = [TRUTH, ...reconstructionMethods(rows)];
    const truths = pictures.filter(({ method, quantity }) => method === TRUTH && quantity === MAGNITUDE);
    const groups = IMAGE_SETS.flatMap(([set, label]) => {
      const own = truths
        .filter(({ factors }) => factors.set === set)
        .toSorted(byArm)
        .map((truth) => ({ truth, label }));
      return set === 'test' ? own : own.slice(0, 1);
    });
    if (groups.length === 0) return null;
    const panels = groups.flatMap(({ truth, label }) => {
      const of = (method: string, quantity: string) =>
        pictures.find(
          (picture) =>
            picture.method === method &&
            picture.quantity === quantity &&
            ['set', 'coils', 'acceleration'].every(
              (factor) => picture.factors[factor] === truth.factors[factor],
            ),
        );
      const top = topOfMaps([truth.values]);
      const reach = top / 4;
      const [coils, acceleration] = [Number(truth.factors.coils), Number(truth.factors.acceleration)];
      const where = `${label}, ${acceleration}-fold${coils > 1 ? `, ${coils} coils` : ''}`;
      const row = (
        quantity: string,
        address: (picture: Picture) => string,
        title: (method: string) => string,
      ) =>
        methods.map((method) => {
          const picture = of(method, quantity);
          return picture
            ? picturePanel(picture, address(picture), titleLines(title(method)))
            : filler(picturePanel(truth, '', []));
        });
      const [, ...differences] = row(
        MAGNITUDE,
        (picture) => paintSigned(difference(picture, truth), reach),
        () => `difference (±${Number(reach.toPrecision(2))})`,
      );
      return [
        ...row(
          MAGNITUDE,
          (picture) => paintImage(picture, top),
          (method) => (method === TRUTH ? `truth, ${where}` : method),
        ),
        filler(picturePanel(truth, '', [])),
        ...differences,
        ...row(
          ZOOM,
          (picture) => paintImage(picture, top),
          () => 'about a lesion',
        ),
      ];
    });
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: methods.length, minPanelWidth: 100, keepAspect: true, grid: true },
      columns: methods.length,
      spacing: 10,
      concat: panels,
    };
  },
};
export default figure;

const byArm = (a: Picture, b: Picture): number =>
  Number(a.factors.coils) - Number(b.factors.coils) ||
  Number(a.factors.acceleration) - Number(b.factors.acceleration);

const difference = (picture: Picture, truth: Picture): Picture => ({
  ...picture,
  values: picture.values.map((value, i) => value - truth.values[i]),
});
