import { PARAMETERS } from '../../contracts/voxels.ts';
import { onSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { quantileOf, roundUp } from '../look/map-range.ts';
import { paintImage, paintMap } from '../look/paint.ts';
import { VIRIDIS } from '../look/palette.ts';
import { colorBarPanel } from '../look/picture-panel.ts';
import type { SheetRow } from './sheet-panels.ts';

/** The largest value of a colour bar lies above this share of the voxels. */
const NEARLY_ALL = 0.98;
const BLACK_TO_WHITE = ['#000000', '#ffffff'];

/** Where the scale of a map ends, in its stored unit: a round number that nearly all values are below. */
export function topOfMap(map: ArrayLike<number>, scale: number): number {
  const [top] = quantiles(map, [NEARLY_ALL]);
  return roundUp(top * scale) / scale;
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
    ...PARAMETERS.filter((name) => scan.maps.get(name)!.some(Number.isFinite)).map((name) => {
      const { label, shownUnit, scale } = quantityOf(name);
      const map = scan.maps.get(name)!;
      return colorRow(sheet, map, {
        title: name,
        subtitle: label,
        unit: shownUnit,
        scale,
        range: [0, topOfMap(map, scale)],
      });
    }),
  ];
}

/** The standard deviations of D, f and Dp; none if the fitter gives none. */
export function deviationRows(scan: FittedScan, sheet: ContactSheet): SheetRow[] {
  return PARAMETERS.flatMap((name) => {
    const map = scan.maps.get(`${name}_sd`);
    if (!map?.some(Number.isFinite)) return [];
    const { label, shownUnit, scale } = quantityOf(name);
    return [
      colorRow(sheet, map, {
        title: `standard deviation of ${name}`,
        subtitle: label,
        unit: shownUnit,
        scale,
        range: [0, topOfMap(map, scale)],
      }),
    ];
  });
}
