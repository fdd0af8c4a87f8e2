import * as assert from 'uvu/assert';

/** Equal to within `tolerance`, relative to the expected value where that is larger than 1. */
export function near(found: number, expected: number, tolerance: number, what = ''): void {
  const apart = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  assert.ok(Object.is(found, expected) || apart <= tolerance, `${what} ${found}, expected ${expected}`);
}
