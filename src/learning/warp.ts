import type { Shape } from '../contracts/learner.ts';
import type { QuickRandom } from '../random/quick-random.ts';

/** Voxels between the control points of a displacement: about the size of an organ. */
const SPACING = 12;

/**
 * The share of the variance of independent control points that a cubic B-spline keeps along one axis, on average over places: the mean of the sum
 * of its squared weights. Along two axes it keeps the square, so that standard deviations are divided by it.
 */
const KEPT_VARIANCE = 151 / 315;

/**
 * Displaces what an image shows by a smooth random field in the plane of the last two spatial axes, in all planes alike, and interpolates linearly;
 * what comes in at an edge is 0. The field is a cubic B-spline of random control points, as in Rueckert et al. 1999.
 *
 * @param values of one case, the channels last; changed in place
 * @param sd of the displacement along each axis, in voxels
 */
export function warp(values: Float32Array, shape: Shape, sd: number, random: QuickRandom): void {
  const [height, width, channels] = shape.slice(-3);
  const plane = height * width;
  const before = values.slice();
  const field = [smoothField(height, width, sd, random), smoothField(height, width, sd, random)];
  for (let first = 0; first < values.length; first += plane * channels) {
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const fromY = y - field[0][at];
        const fromX = x - field[1][at];
        const y0 = Math.floor(fromY);
        const x0 = Math.floor(fromX);
        const v = fromY - y0;
        const u = fromX - x0;
        const to = first + at * channels;
        values.fill(0, to, to + channels);
        for (let corner = 0; corner < 4; corner++) {
          const dy = corner >> 1;
          const dx = corner & 1;
          const row = y0 + dy;
          const column = x0 + dx;
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          const weight = (dy ? v : 1 - v) * (dx ? u : 1 - u);
          const from = first + (row * width + column) * channels;
          for (let c = 0; c < channels; c++) values[to + c] += weight * before[from + c];
        }
      }
    }
  }
}

function smoothField(height: number, width: number, sd: number, random: QuickRandom): Float64Array {
  const [rows, columns] = [splineWeights(height), splineWeights(width)];
  const across = columns.points;
  const points = new Float64Array(rows.points * across);
  random.fillGaussian(points);
  const field = new Float64Array(height * width);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const point = points[(rows.first[y] + i) * across + columns.first[x] + j];
          sum += rows.weights[4 * y + i] * columns.weights[4 * x + j] * point;
        }
      }
      field[at] = (sd / KEPT_VARIANCE) * sum;
    }
  }
  return field;
}

interface SplineWeights {
  readonly points: number;
  /** The first of the four control points of each place. */
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

function splineWeights(size: number): SplineWeights {
  const first = new Int32Array(size);
  const weights = new Float64Array(4 * size);
  for (let i = 0; i < size; i++) {
    first[i] = Math.floor(i / SPACING);
    const t = i / SPACING - first[i];
    weights.set(
      [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3].map(
        (w) => w / 6,
      ),
      4 * i,
    );
  }
  return { points: first[size - 1] + 4, first, weights };
}
