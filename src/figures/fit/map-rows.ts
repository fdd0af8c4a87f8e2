import { PARAMETERS } from '../../contracts/voxels.ts';
import { onSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { quantileOf, roundUp } from '../look/map-range.ts';
import { paintImage, paintMap } from '../look/paint.ts';
import { VIRIDIS } from '../look/palette.ts';
import { colorBarPanel } from '../look/picture-panel.ts';
import { regionKey } from '../look/region-key.ts';
import type { SheetRow } from './sheet-panels.ts';

/** The largest value of a colour bar lies above this share of the voxels. */
const NEARLY_ALL = 0.98;
/** More names than this do not fit beside a row. */
const MOST_NAMED = 8;
const BLACK_TO_WHITE = ['#000000', '#ffffff'];

/** Where the scale of a map ends, in its stored unit: a round number that nearly all values are below. */
export function topOfMap(map: ArrayLike<number>, scale: number): number {
  const [top] = quantiles(map, [NEARLY_ALL]);
  return roundUp(top * scale) / scale;
}

/** Where the scale of R² begins: a tenth below which hardly any voxel lies, since most of the scale would show nothing otherwise. */
export function bottomOfRSquared(rSquared: ArrayLike<number>): number {
  const [low] = quantiles(rSquared, [0.02]);
  return Math.max(0, Math.min(0.9, Math.floor(10 * low) / 10));
}

/** A map in colours from 0 to `top`, both in its stored unit; shown times `scale`. */
export function colorRow(
  sheet: ContactSheet,
  map: ArrayLike<number>,
  row: {
    readonly title: string;
    readonly subtitle: string;
    readonly unit: string;
    readonly scale: number;
    readonly range: readonly [number, number];
  },
): SheetRow {
  const { title, subtitle, unit, scale, range } = row;
  const [bottom, top] = range;
  return {
    title,
    subtitle,
    address: paintMap(onSheet(map, sheet), top, bottom),
    key: colorBarPanel(unit, VIRIDIS, [bottom * scale, top * scale]),
  };
}

/** The scan at its lowest b-value, then D, f and Dp. */
export function estimateRows(scan: FittedScan, sheet: ContactSheet): SheetRow[] {
  const image = onSheet(scan.measured.lowest, sheet);
  const brightest = roundUp(quantileOf(image.values, 0.995));
  const lowest = scan.bValues[0];
  return [
    {
      title: `b = ${Number(lowest.toPrecision(3))}`,
      subtitle: lowest === 0 ? 'signal without diffusion weighting' : 'signal at the lowest b-value, s/mm²',
      address: paintImage(image, brightest),
      key: colorBarPanel('unit of the scan', BLACK_TO_WHITE, [0, brightest]),
    },
    ...regionRow(scan, sheet, brightest),
    ...PARAMETERS.flatMap((name) => quantityRow(sheet, name, scan.maps.get(name), name)),
  ];
}

/** The regions over the image; none if none were drawn. */
function regionRow({ regions, measured }: FittedScan, sheet: ContactSheet, brightest: number): SheetRow[] {
  if (!regions) return [];
  const image = onSheet(measured.lowest, sheet);
  const labels = onSheet(regions.labels, sheet);
  const place = new Map([...regions.names.keys()].map((label, i) => [label, i]));
  const drawn = { ...labels, values: labels.values.map((label) => place.get(label) ?? NaN) };
  const shown = [...regions.names.values()]
    .map((name, i) => ({ name, i }))
    .filter(({ i }) => drawn.values.includes(i));
  return [
    {
      title: 'regions',
      subtitle: shown.length > MOST_NAMED ? `the first ${MOST_NAMED} are named` : 'as drawn',
      address: paintImage(image, brightest, drawn),
      key: regionKey(shown.slice(0, MOST_NAMED), 'right'),
    },
  ];
}

/** The standard deviations of D, f and Dp; none if the fitter gives none. */
export const deviationRows = ({ maps }: FittedScan, sheet: ContactSheet): SheetRow[] =>
  PARAMETERS.flatMap((name) =>
    quantityRow(sheet, name, maps.get(`${name}_sd`), `standard deviation of ${name}`),
  );

/** A map in the unit and with the name of a quantity; none where no voxel has a value. */
function quantityRow(
  sheet: ContactSheet,
  quantity: string,
  map: Float32Array | undefined,
  title: string,
): SheetRow[] {
  if (!map?.some(Number.isFinite)) return [];
  const { label, shownUnit, scale } = quantityOf(quantity);
  const range = [0, topOfMap(map, scale)] as const;
  return [colorRow(sheet, map, { title, subtitle: label, unit: shownUnit, scale, range })];
}
