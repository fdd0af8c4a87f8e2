import { spreadValues, valueAt } from './quadrature.ts';
import type { PriorAxis } from './quadrature.ts';
import { bestOverF, RateGrid } from './rate-grid.ts';

/** Rates per axis of the grid over the whole prior, and of those that look closer. */
const overviewRates = 20;
const closerRates = 12;
const MOST_LEVELS = 40;

/**
 * The box of (Dp, D) outside which a voxel's likelihood, at the best f, is below exp(-depth) of its peak. A grid
 * over the whole prior, the same for all voxels, finds it; grids inside the box narrow it down where the noise is
 * so low that the first grid could not see the peak's shape.
 */
export class PosteriorBox {
  /** Edges in the axes' t. */
  fromDp = 0;
  toDp = 0;
  fromD = 0;
  toD = 0;
  /** Highest (x.s)² / |s|² seen. */
  peak = 0;
  /** How far the log-likelihood falls from the peak to the lowest place in the box. */
  range = 0;

  readonly #axisDp: PriorAxis;
  readonly #axisD: PriorAxis;
  readonly #least: number;
  readonly #most: number;
  readonly #depth: number;
  readonly #overview: RateGrid;
  readonly #closer: RateGrid;
  readonly #best = new Float64Array(overviewRates * overviewRates);

  constructor(bValues: Float64Array, Dp: PriorAxis, D: PriorAxis, f: PriorAxis, depth: number) {
    this.#axisDp = Dp;
    this.#axisD = D;
    this.#least = valueAt(f, f.low);
    this.#most = valueAt(f, f.high);
    this.#depth = depth;
    this.#overview = new RateGrid(bValues, overviewRates);
    this.#closer = new RateGrid(bValues, closerRates);
    this.#set(Dp.low, Dp.high, D.low, D.high);
    this.#spread(this.#overview, overviewRates);
  }

  /** Finds the box for the voxel whose signals start at `offset`. */
  find(values: Float64Array, offset: number, twoVariances: number): void {
    this.#set(this.#axisDp.low, this.#axisDp.high, this.#axisD.low, this.#axisD.high);
    this.#overview.project(values, offset);
    if (this.#narrow(this.#overview, twoVariances)) this.#lookCloser(values, offset, twoVariances);
  }

  /** The same on the line of one Dp (its t), for D inside fromD..toD. */
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
   * Shrinks the box to what may matter on a grid that is spread over it, and tells whether a closer look is due.
   * The peak may lie between the grid's rates, above the best of them by about as much as that is above its
   * neighbours along a thin ridge; on a line by a quarter of it at most, as on a parabola's.
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

/** The lowest value in a rectangle of the grid, which may reach over the grid's edges. */
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

/** Values of Dp looked at on every level. */
const RIDGE_ROWS = 12;
const MOST_RIDGE_LEVELS = 20;
/** By how much, in log-likelihood, the best value seen on a line of one Dp may fall short of the maximum. */
export const unseen = 4;

/**
 * Where low noise leaves a ridge of (Dp, D) too thin for a grid over its box: the interval of Dp along which its
 * crest, the best likelihood over D and f, stays above exp(-depth) of the peak.
 */
export class PosteriorRidge {
  /** Edges in the axis's t, after `find`. */
  from = 0;
  to = 0;
  /** Highest (x.s)² / |s|² seen. */
  peak = 0;
  /** How far the crest's log-likelihood falls from the peak inside the interval. */
  range = 0;

  readonly #line: PosteriorBox;
  readonly #depth: number;
  readonly #crest = new Float64Array(RIDGE_ROWS);

  /** @param line a box to search D with, on lines of one Dp */
  constructor(line: PosteriorBox, depth: number) {
    this.#line = line;
    this.#depth = depth;
  }

  /** Follows the ridge inside a box. */
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

  /** Shrinks the interval to what may matter; tells whether a closer look is due. See `PosteriorBox`. */
  #narrow(twoVariances: number): boolean {
    const crest = this.#crest;
    let top = 0;
    for (let i = 1; i < RIDGE_ROWS; i++) if (crest[i] > crest[top]) top = i;
    const peak = crest[top];
    const step = peak - Math.min(crest[Math.max(0, top - 1)], crest[Math.min(RIDGE_ROWS - 1, top + 1)]);
    // The peak may lie between the rows, higher than the best of them; at an end there is little room for that.
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
