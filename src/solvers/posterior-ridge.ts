import type { PosteriorBox } from './posterior-box.ts';

/** Values of Dp looked at on every level. */
const rows = 12;
const mostLevels = 20;
/** By how much, in log-likelihood, the best seen on a line of one Dp may fall short of the best there is. */
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
  readonly #crest = new Float64Array(rows);

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
    for (let level = 0; level < mostLevels; level++) {
      const crest = this.#crest;
      for (let i = 0; i < rows; i++) {
        const Dp = this.from + ((this.to - this.from) * i) / (rows - 1);
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
    for (let i = 1; i < rows; i++) if (crest[i] > crest[top]) top = i;
    const peak = crest[top];
    const step = peak - Math.min(crest[Math.max(0, top - 1)], crest[Math.min(rows - 1, top + 1)]);
    // The peak may lie between the rows, higher than the best of them; at an end there is little room for that.
    const hidden = top === 0 || top === rows - 1 ? 0 : step / 4;
    const floor = peak - (this.#depth + unseen) * twoVariances - hidden;
    let first = top;
    let last = top;
    for (let i = 0; i < rows; i++) {
      if (crest[i] < floor) continue;
      if (i < first) first = i;
      if (i > last) last = i;
    }
    first = Math.max(0, first - 1);
    last = Math.min(rows - 1, last + 1);
    let lowest = peak;
    for (let i = first; i <= last; i++) lowest = Math.min(lowest, crest[i]);
    this.peak = peak;
    this.range = (peak - lowest) / twoVariances;
    const width = (this.to - this.from) / (rows - 1);
    if (last < rows - 1) this.to = this.from + last * width;
    this.from += first * width;
    return last - first + 1 < rows && step > 0.3 * this.#depth * twoVariances;
  }
}
