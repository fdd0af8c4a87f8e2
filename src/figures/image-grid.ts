import type { Figure } from '../contracts/figure.ts';
import { TRUTH, type Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { PERFUSION } from '../measures/quantities.ts';
import { ONE, RMSE_PERCENT, SIX_REPETITIONS } from '../measures/synthesis.ts';
import { imageMethods, imageSets, imageValue, type ImageMethod } from '../tables/reading/image-methods.ts';
import { byName } from '../tables/reading/series.ts';
import { quantileOf, topOfMaps } from './look/map-range.ts';
import { paintImage, paintSigned } from './look/paint.ts';
import { filler, picturePanel, titleLines } from './look/picture-panel.ts';

/** What no network made, in this order before the others. */
const FIRST = [TRUTH, SIX_REPETITIONS, ONE];

const figure: Figure = {
  title: 'One slice, and its differences',
  order: 2,
  caption:
    'Perfusion, all images in the same greys, and below each its difference from the truth (blue: too low, red: too high); below the truth is a weighted image. Virtual subjects have lesions there that ' +
    'the weighted images don’t show. Images of people have no truth, and six repetitions are in its place. Of the filters the one nearest to it is shown. Two subjects: one like ' +
    'those of the training, one of another head. The front is on top, the patient’s right on the left.',
  draw(rows, all = []) {
    const pictures = all.filter(({ experiment }) => experiment === 'snr-boost');
    const left = otherFilters(rows);
    const shown = pictures.filter(({ method, factors }) => (factors.seed ?? 1) === 1 && !left.has(method));
    const groups = imageSets(rows).flatMap(([set, label]) => {
      const own = shown.filter(({ factors }) => factors.set === set);
      const image = (wanted: string) =>
        own.find(({ method, quantity }) => method === wanted && quantity === PERFUSION);
      const truth = image(TRUTH) ?? image(SIX_REPETITIONS);
      return truth ? [{ label, truth, own }] : [];
    });
    if (groups.length === 0) return null;
    const columns = Math.max(
      ...groups.map(({ own }) => own.filter(({ quantity }) => quantity === PERFUSION).length),
      2,
    );
    const panels = groups.flatMap(({ label, truth, own }) => {
      const images = own.filter(({ quantity }) => quantity === PERFUSION).sort(inOrder);
      const top = topOfMaps([truth.values]);
      const reach = top / 4;
      const weighted = own
        .filter(({ method }) => method === '')
        .sort((a, b) => byName(b.quantity, a.quantity));
      const row = (
        of: readonly Picture[],
        address: (picture: Picture) => string,
        title: (picture: Picture) => string,
      ) =>
        Array.from({ length: columns }, (_, i) => {
          const picture = of[i];
          return picture
            ? panelOf(picture, address(picture), title(picture))
            : filler(picturePanel(truth, '', []));
        });
      return [
        ...row(
          images,
          (picture) => paintImage(picture, top),
          (picture) => `${nameOf(picture)}`,
        ),
        ...row(
          // Below the truth, whose difference is 0, stands what else the network sees.
          [...weighted.slice(0, 1), ...images.slice(1)],
          (picture) =>
            picture.quantity === PERFUSION
              ? paintSigned(difference(picture, truth), reach)
              : paintImage(picture, quantileOf(picture.values, 0.98)),
          (picture) =>
            picture.quantity === PERFUSION ? `difference (±${reach})` : `${picture.quantity} · ${label}`,
        ),
      ];
    });
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns, minPanelWidth: 100, keepAspect: true, grid: true },
      columns,
      spacing: 10,
      concat: panels,
    };
  },
};
export default figure;

/** All filters but the one nearest to the truth: room for one. */
function otherFilters(rows: readonly Row[]): ReadonlySet<string> {
  const filters = imageMethods(rows).filter(
    ({ trainings, method }) => trainings === 0 && !FIRST.includes(method),
  );
  const error = (of: ImageMethod) =>
    (
      imageValue(of, RMSE_PERCENT, { set: 'test', reference: 'truth' }) ??
      imageValue(of, RMSE_PERCENT, { set: 'test', reference: 'six' })
    )?.value ?? Infinity;
  const names = filters.toSorted((a, b) => error(a) - error(b)).map(({ method }) => method);
  return new Set(names.slice(1));
}

const nameOf = ({ method, factors }: Picture): string =>
  factors.condition === undefined ? method : `${method}, ${factors.condition}`;

const inOrder = (a: Picture, b: Picture): number => {
  const place = ({ method }: Picture) => (FIRST.includes(method) ? FIRST.indexOf(method) : FIRST.length);
  return place(a) - place(b) || byName(nameOf(a), nameOf(b));
};

const difference = (picture: Picture, truth: Picture): Picture => ({
  ...picture,
  values: picture.values.map((value, i) => value - truth.values[i]),
});

const panelOf = (picture: Picture, address: string, title: string) =>
  picturePanel(picture, address, titleLines(title));
