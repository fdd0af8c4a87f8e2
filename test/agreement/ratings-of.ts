import type { Ratings } from '../../src/agreement/ratings.ts';

/** Ratings from one row per target. */
export const ratingsOf = (rows: readonly (readonly number[])[]): Ratings => ({
  targets: rows.length,
  raters: rows[0].length,
  values: Float64Array.from(rows.flat()),
});
