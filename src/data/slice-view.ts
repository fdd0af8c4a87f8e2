/** How a slice along the third axis of an image is displayed. */
export interface SliceView {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Width and height of a pixel in mm. */
  readonly pixel: readonly [number, number];
  /** Voxel of every pixel, row by row from the top left: x + nx (y + ny z). */
  readonly voxels: Uint32Array;
}

/**
 * Returns the radiological view: the patient's right on the left, front or head on top; for a sagittal slice, the front on the
 * left. The direction of each voxel axis is read from the affine (NIfTI: x to the patient's right, y to the front, z to the
 * head); an oblique slice is not resampled but shown in the nearest of these orientations.
 * @param affine voxel indices to mm
 */
export function sliceView(
  shape: readonly [number, number, number],
  affine: readonly (readonly number[])[],
  slice: number,
): SliceView {
  const direction = (axis: 0 | 1) => [0, 1, 2].map((row) => affine[row][axis]);
  const [first, second] = [direction(0), direction(1)];
  // The horizontal axis of the picture is the one more along x; if neither is, as in a sagittal slice, the one more along y.
  const across = (column: readonly number[]) => 2 * Math.abs(column[0]) + Math.abs(column[1]);
  const turned = across(second) / length(second) > across(first) / length(first);
  const [horizontal, vertical] = turned ? [second, first] : [first, second];
  const [width, height] = turned ? [shape[1], shape[0]] : [shape[0], shape[1]];
  const [flipX, flipY] = [largest(horizontal) > 0, largest(vertical) > 0];
  const voxels = new Uint32Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const u = flipX ? width - 1 - column : column;
      const v = flipY ? height - 1 - row : row;
      const [i, j] = turned ? [v, u] : [u, v];
      voxels[row * width + column] = i + shape[0] * (j + shape[1] * slice);
    }
  }
  return { width, height, pixel: [length(horizontal), length(vertical)], voxels };
}

const length = (column: readonly number[]): number => Math.hypot(...column);

const largest = (column: readonly number[]): number =>
  column.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
