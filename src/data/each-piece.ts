import type { RowSource } from './row-source.ts';

/** The largest number of rows that are in memory at once. */
export const ROWS_AT_ONCE = 16_384;

/**
 * Reads all rows of a source, piece by piece.
 * @param visit receives `count` rows from `first` on; `raw` is used again for the next piece
 */
export async function eachPiece(
  source: Pick<RowSource, 'n' | 'bValues' | 'read'>,
  visit: (first: number, count: number, raw: Float64Array) => void,
): Promise<void> {
  const raw = new Float64Array(Math.min(ROWS_AT_ONCE, source.n) * source.bValues.length);
  for (let first = 0; first < source.n; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, source.n - first);
    await source.read(first, count, raw);
    visit(first, count, raw);
  }
}
