import { spreadValues, valueAt } from './quadrature.ts';
import type { PriorAxis } from './quadrature.ts';
import { bestOverF, RateGrid } from './rate-grid.ts';

/** Rates per axis of the grid over the whole prior, and of the grids inside the box. */
const overviewRates = 20;
const closerRates = 12;
/** Largest number of refinements. Each keeps less than 60 % of the box, so 40 of them shrink it to a billionth. */
const MOST_LEVELS = 40;

/**
 * The box of (Dp, D) outside which a voxel's likelihood, at the best f, is below exp(-depth) of its peak. It is estimated on
 * a grid over the whole prior, which is the same for all voxels, and narrowed down on grids inside the box as long as the noise
 * is so low that the spacing of the grid exceeds the width of the peak.
 */
export class PosteriorBox {
  /** Edges, in the coordinates t of the axes. */
  fromDp = 0;
  toDp = 0;
  fromD = 0;
  toD = 0;
  /** Largest (x.s)² / |s|² on the grid. */
  peak = 0;
  /** Difference of the log-likelihood between the peak and the lowest node in the box. */
  range = 0;

  readonly #axisDp: PriorAxis;
  readonly #axisD: PriorAxis;
  readonly #least: number;
  readonly #most: number;
  readonly #depth: number;
  readonly #overview: RateGrid;
  readonly #closer: RateGrid;
  readonly #best = new Float64Array(overviewRates * overviewRates);

  /** @param roots see `RateGrid` */
  constructor(
    bValues: Float64Array,
    Dp: PriorAxis,
    D: PriorAxis,
    f: PriorAxis,
    depth: number,
    roots?: Float64Array,
  ) {
    this.#axisDp = Dp;
    this.#axisD = D;
    this.#least = valueAt(f, f.low);
    this.#most = valueAt(f, f.high);
    this.#depth = depth;
    this.#overview = new RateGrid(bValues, overviewRates, roots);
    this.#closer = new RateGrid(bValues, closerRates, roots);
    this.#set(Dp.low, Dp.high, D.low, D.high);
    this.#spread(this.#overview, overviewRates);
  }

  /** Finds the box of the voxel whose signals start at `offset`. */
  find(values: Float64Array, offset: number, twoVariances: number): void {
    this.#set(this.#axisDp.low, this.#axisDp.high, this.#axisD.low, this.#axisD.high);
    this.#overview.project(values, offset);
    if (this.#narrow(this.#overview, twoVariances)) this.#lookCloser(values, offset, twoVariances);
  }

  /** The same for a single Dp (as t), with D in fromD..toD. */
  findAt(
    Dp: number,
    fromD: number,
    toD: number,
    values: Float64Array,
    offset: number,
    twoVariances: number,
  ): void {
    this.#set(Dp, Dp, fromD, toD);
    this.#lookCloser(values, offset, twoVariances);
  }

  #set(fromDp: number, toDp: number, fromD: number, toD: number): void {
    this.fromDp = fromDp;
    this.toDp = toDp;
    this.fromD = fromD;
    this.toD = toD;
  }

  #lookCloser(values: Float64Array, offset: number, twoVariances: number): void {
    for (let level = 0; level < MOST_LEVELS; level++) {
      this.#spread(this.#closer, closerRates);
      this.#closer.project(values, offset);
      if (!this.#narrow(this.#closer, twoVariances)) return;
    }
  }

  #spread(grid: RateGrid, rates: number): void {
    const sizeDp = spreadValues(this.#axisDp, this.fromDp, this.toDp, rates, grid.Dp);
    const sizeD = spreadValues(this.#axisD, this.fromD, this.toD, rates, grid.D);
    grid.update(sizeDp, sizeD);
  }

  /**
   * Shrinks the box to the nodes whose likelihood is not negligible, with a margin of one node. The peak may lie between nodes:
   * along a thin ridge it exceeds the best node by about as much as that exceeds its neighbours; on a line, by at most a
   * quarter of that, as for a parabola.
   *
   * @returns whether a finer grid is needed
   */
  #narrow(grid: RateGrid, twoVariances: number): boolean {
    const rows = grid.sizeDp;
    const columns = grid.sizeD;
    const best = this.#best;
    bestOverF(grid, this.#least, this.#most, best);
    let peak = 0;
    for (let m = 1; m < rows * columns; m++) if (best[m] > best[peak]) peak = m;
    const row = Math.floor(peak / columns);
    const column = peak - row * columns;
    const top = best[peak];
    const step = top - lowest(best, rows, columns, row - 1, row + 1, column - 1, column + 1);
    const floor = top - this.#depth * twoVariances - (rows > 1 && columns > 1 ? step : step / 4);
    let firstRow = row;
    let lastRow = row;
    let firstColumn = column;
    let lastColumn = column;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        if (best[i * columns + j] < floor) continue;
        if (i < firstRow) firstRow = i;
        if (i > lastRow) lastRow = i;
        if (j < firstColumn) firstColumn = j;
        if (j > lastColumn) lastColumn = j;
      }
    }
    firstRow = Math.max(0, firstRow - 1);
    lastRow = Math.min(rows - 1, lastRow + 1);
    firstColumn = Math.max(0, firstColumn - 1);
    lastColumn = Math.min(columns - 1, lastColumn + 1);
    this.peak = top;
    this.range =
      (top - lowest(best, rows, columns, firstRow, lastRow, firstColumn, lastColumn)) / twoVariances;
    const stepDp = rows > 1 ? (this.toDp - this.fromDp) / (rows - 1) : 0;
    const stepD = columns > 1 ? (this.toD - this.fromD) / (columns - 1) : 0;
    if (lastRow < rows - 1) this.toDp = this.fromDp + lastRow * stepDp;
    this.fromDp += firstRow * stepDp;
    if (lastColumn < columns - 1) this.toD = this.fromD + lastColumn * stepD;
    this.fromD += firstColumn * stepD;
    const kept = (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
    return (
      kept < (rows > 1 && columns > 1 ? 0.6 : 1) * rows * columns && step > 0.3 * this.#depth * twoVariances
    );
  }
}

/** Returns the lowest value in a rectangle of the grid, clipped to the grid. */
function lowest(
  best: Float64Array,
  rows: number,
  columns: number,
  firstRow: number,
  lastRow: number,
  firstColumn: number,
  lastColumn: number,
): number {
  let least = Infinity;
  for (let i = Math.max(0, firstRow); i <= Math.min(rows - 1, lastRow); i++) {
    for (let j = Math.max(0, firstColumn); j <= Math.min(columns - 1, lastColumn); j++) {
      if (best[i * columns + j] < least) least = best[i * columns + j];
    }
  }
  return least;
}

/** Values of Dp per level. */
const RIDGE_ROWS = 12;
const MOST_RIDGE_LEVELS = 20;
/** Upper bound of the difference, in log-likelihood, between the best node on a line of one Dp and the maximum there. */
export const unseen = 4;

/**
 * The interval of Dp in which the profile likelihood (the maximum over D and f) is above exp(-depth) of the peak. Used where
 * low noise leaves a ridge of (Dp, D) that is too thin for a grid over its box.
 */
export class PosteriorRidge {
  /** Edges, in the coordinate t of the axis, after `find`. */
  from = 0;
  to = 0;
  /** Largest (x.s)² / |s|² found. */
  peak = 0;
  /** Difference of the log-likelihood between the peak and the lowest value of the profile in the interval. */
  range = 0;

  readonly #line: PosteriorBox;
  readonly #depth: number;
  readonly #crest = new Float64Array(RIDGE_ROWS);

  /** @param line searches D for a given Dp */
  constructor(line: PosteriorBox, depth: number) {
    this.#line = line;
    this.#depth = depth;
  }

  /** Finds the interval inside a box. */
  find(
    fromDp: number,
    toDp: number,
    fromD: number,
    toD: number,
    values: Float64Array,
    offset: number,
    twoVariances: number,
  ): void {
    this.from = fromDp;
    this.to = toDp;
    for (let level = 0; level < MOST_RIDGE_LEVELS; level++) {
      const crest = this.#crest;
      for (let i = 0; i < RIDGE_ROWS; i++) {
        const Dp = this.from + ((this.to - this.from) * i) / (RIDGE_ROWS - 1);
        this.#line.findAt(Dp, fromD, toD, values, offset, twoVariances);
        crest[i] = this.#line.peak;
      }
      if (!this.#narrow(twoVariances)) return;
    }
  }

  /** Shrinks the interval as `PosteriorBox` shrinks its box. @returns whether more rows are needed */
  #narrow(twoVariances: number): boolean {
    const crest = this.#crest;
    let top = 0;
    for (let i = 1; i < RIDGE_ROWS; i++) if (crest[i] > crest[top]) top = i;
    const peak = crest[top];
    const step = peak - Math.min(crest[Math.max(0, top - 1)], crest[Math.min(RIDGE_ROWS - 1, top + 1)]);
    // The peak may lie between two rows and exceed the best of them; at an end there is no room for that.
    const hidden = top === 0 || top === RIDGE_ROWS - 1 ? 0 : step / 4;
    const floor = peak - (this.#depth + unseen) * twoVariances - hidden;
    let first = top;
    let last = top;
    for (let i = 0; i < RIDGE_ROWS; i++) {
      if (crest[i] < floor) continue;
      if (i < first) first = i;
      if (i > last) last = i;
    }
    first = Math.max(0, first - 1);
    last = Math.min(RIDGE_ROWS - 1, last + 1);
    let lowest = peak;
    for (let i = first; i <= last; i++) lowest = Math.min(lowest, crest[i]);
    this.peak = peak;
    this.range = (peak - lowest) / twoVariances;
    const width = (this.to - this.from) / (RIDGE_ROWS - 1);
    if (last < RIDGE_ROWS - 1) this.to = this.from + last * width;
    this.from += first * width;
    return last - first + 1 < RIDGE_ROWS && step > 0.3 * this.#depth * twoVariances;
  }
}
