import { bestOverF } from './best-over-f.ts';
import { spreadValues, valueAt, type PriorAxis } from './prior-axis.ts';
import { RateGrid } from './rate-grid.ts';

/** Rates per axis of the grid over the whole prior, and of those that look closer. */
const overviewRates = 20;
const closerRates = 12;
const mostLevels = 40;

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
    for (let level = 0; level < mostLevels; level++) {
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
