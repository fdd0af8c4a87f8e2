/** `0.01234`, `120`: a number with at most so many significant digits, without trailing zeros. */
export const significant = (value: number, digits: number): string =>
  String(Number(value.toPrecision(digits)));

/** A p value with two digits; from 1e-6 on, where its exact size no longer matters, only that it is smaller. */
export const pValueText = (p: number): string => (p < 1e-6 ? '< 1e-6' : significant(p, 2));
