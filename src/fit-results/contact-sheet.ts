import { failedFrom } from '../contracts/voxels.ts';
import { sliceView } from '../data/slice-view.ts';
import type { FittedScan } from './fitted-scan.ts';

/** Slices side by side, cut to the voxels with an estimate: where maps are shown. */
export interface ContactSheet {
  /** Numbers of the slices along the third axis, from 0. */
  readonly slices: readonly number[];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Width of one slice, and of the gap between two. */
  readonly sliceWidth: number;
  readonly gap: number;
  /** Width and height of a pixel in mm. */
  readonly pixel: readonly [number, number];
  /** Voxel of every pixel, row by row from the top left; `NO_VOXEL` between slices. */
  readonly voxels: Uint32Array;
  /** What lies on the left; undefined if the scan does not say where it is. */
  readonly left?: 'right' | 'front';
}

export const NO_VOXEL = 0xffffffff;

/** Slices with less than this share of the voxels of the fullest one are not shown. */
const WORTH = 0.1;
/** What is kept around the voxels with an estimate, as a share of their extent, and at least so many pixels. */
const MARGIN = 0.08;
const LEAST_MARGIN = 2;
/** Fewer pixels across say nothing of where in the body they are. */
const LEAST_EXTENT = 24;

/** Chooses up to `most` slices at even distances and cuts them to what was fitted. Undefined if nothing was. */
export function contactSheet(
  { grid, status }: Pick<FittedScan, 'grid' | 'status'>,
  most: number,
): ContactSheet | undefined {
  const { shape, affine, placed } = grid;
  const perSlice = shape[0] * shape[1];
  const counts = Array.from({ length: shape[2] }, (_, z) =>
    status.subarray(z * perSlice, (z + 1) * perSlice).reduce((n, code) => n + (code < failedFrom ? 1 : 0), 0),
  );
  const fullest = Math.max(...counts);
  if (fullest === 0) return undefined;
  const worth = counts.flatMap((count, z) => (count >= WORTH * fullest ? [z] : []));
  const slices = spread(worth, most);
  const views = slices.map((z) => sliceView(shape, affine, z));
  const [{ width, height, pixel }] = views;
  const fitted = (x: number, y: number) =>
    views.some(({ voxels }) => status[voxels[y * width + x]] < failedFrom);
  const columns = range(width).filter((x) => range(height).some((y) => fitted(x, y)));
  const rows = range(height).filter((y) => range(width).some((x) => fitted(x, y)));
  const [left, right] = withMargin(columns[0], columns[columns.length - 1], width);
  const [top, bottom] = withMargin(rows[0], rows[rows.length - 1], height);
  const sliceWidth = right - left + 1;
  const gap = Math.max(1, Math.round(sliceWidth / 40));
  const sheet = {
    width: slices.length * (sliceWidth + gap) - gap,
    height: bottom - top + 1,
  };
  const voxels = new Uint32Array(sheet.width * sheet.height).fill(NO_VOXEL);
  views.forEach((view, s) => {
    for (let y = 0; y < sheet.height; y++) {
      for (let x = 0; x < sliceWidth; x++) {
        voxels[y * sheet.width + s * (sliceWidth + gap) + x] = view.voxels[(top + y) * width + left + x];
      }
    }
  });
  return { slices, ...sheet, sliceWidth, gap, pixel, voxels, ...(placed ? { left: leftOf(affine) } : {}) };
}

/** Returns the values of a map at the pixels of a sheet; NaN between slices. */
export function onSheet(map: ArrayLike<number>, { width, height, voxels }: ContactSheet) {
  const values = new Float32Array(voxels.length);
  for (let i = 0; i < values.length; i++) values[i] = voxels[i] === NO_VOXEL ? NaN : map[voxels[i]];
  return { width, height, values };
}

/** What `sliceView` puts on the left: the front in sagittal slices, whose axes do not run from right to left. */
function leftOf(affine: FittedScan['grid']['affine']): 'right' | 'front' {
  const alongX = [0, 1].map((axis) => {
    const column = [0, 1, 2].map((row) => affine[row][axis]);
    return Math.abs(column[0]) / Math.hypot(...column);
  });
  return Math.max(...alongX) > 0.5 ? 'right' : 'front';
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** Up to `most` of them, at even distances, the ends left out where there are more. */
function spread(all: readonly number[], most: number): number[] {
  if (all.length <= most) return [...all];
  return range(most).map((k) => all[Math.floor(((k + 0.5) * all.length) / most)]);
}

function withMargin(first: number, last: number, size: number): [number, number] {
  const extent = last - first + 1;
  const margin = Math.max(LEAST_MARGIN, Math.ceil(MARGIN * extent), Math.ceil((LEAST_EXTENT - extent) / 2));
  return [Math.max(0, first - margin), Math.min(size - 1, last + margin)];
}
