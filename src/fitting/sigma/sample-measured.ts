import type { RowSource } from '../../data/row-source.ts';

/** Maximum number of rows kept inside the mask, and likewise outside. */
const MOST = 40_000;
const ROWS_AT_ONCE = 16_384;

/** Rows of a file as measured. */
export interface MeasuredRows {
  readonly n: number;
  /** n x columns, row-major. */
  readonly values: Float64Array;
}

/** Samples evenly spread rows of a file, inside its mask (everywhere if there is none) and outside. */
export async function sampleMeasured(
  source: RowSource,
): Promise<{ readonly inside: MeasuredRows; readonly outside: MeasuredRows }> {
  const columns = source.bValues.length;
  const all = source.inside?.reduce<number>((sum, flag) => sum + (flag === 0 ? 0 : 1), 0) ?? source.n;
  const samples = [new Sample(source.n - all, columns), new Sample(all, columns)];
  const piece = Math.max(1, Math.min(ROWS_AT_ONCE, source.n));
  const raw = new Float64Array(piece * columns);
  for (let first = 0; first < source.n; first += piece) {
    const rows = Math.min(piece, source.n - first);
    await source.read(first, rows, raw);
    for (let i = 0; i < rows; i++) {
      const isOutside = source.inside !== undefined && source.inside[first + i] === 0;
      samples[isOutside ? 0 : 1].offer(raw, i * columns);
    }
  }
  return { outside: samples[0].rows(), inside: samples[1].rows() };
}

/** Keeps every k-th row. */
class Sample {
  readonly #step: number;
  readonly #columns: number;
  readonly #values: Float64Array;
  #offered = 0;
  #n = 0;

  constructor(rows: number, columns: number) {
    this.#step = Math.max(1, Math.ceil(rows / MOST));
    this.#columns = columns;
    this.#values = new Float64Array(Math.ceil(rows / this.#step) * columns);
  }

  offer(raw: Float64Array, at: number): void {
    if (this.#offered++ % this.#step !== 0) return;
    this.#values.set(raw.subarray(at, at + this.#columns), this.#n++ * this.#columns);
  }

  rows(): MeasuredRows {
    return { n: this.#n, values: this.#values };
  }
}
