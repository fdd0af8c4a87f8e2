/** Six significant digits: more than a picture can show, and half the size of a page. NaN and infinities become null. */
export function shorten(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
