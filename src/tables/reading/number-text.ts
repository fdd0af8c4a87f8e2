const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Formats significant digits without an exponent, with a minus sign; whole numbers and numbers from 10^digits on stay whole, with commas
 * between thousands from 10,000 on.
 */
export function numberText(value: number, digits: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return minus(grouped(String(value)));
  return roundedText(value, digits);
}

/** The same, but whole numbers get all their digits, as for other measured numbers in a column. */
export function roundedText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return '0';
  if (Math.abs(value) >= 10 ** digits) return minus(grouped(value.toFixed(0)));
  const [mantissa, exponent] = value.toPrecision(digits).split('e');
  return minus(exponent === undefined ? mantissa : `${mantissa} × 10${superscript(Number(exponent))}`);
}

/** Formats a fixed number of decimals; a number that rounds to zero has no sign. */
export function decimalText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  return minus(value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1'));
}

/** Four digits are read without a comma. */
const grouped = (whole: string): string =>
  /\d{5}/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;

const notFinite = (value: number): string => (Number.isNaN(value) ? 'n/a' : value > 0 ? '∞' : '−∞');

const minus = (text: string): string => text.replaceAll('-', '−');

const superscript = (power: number): string =>
  (power < 0 ? '⁻' : '') + [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
