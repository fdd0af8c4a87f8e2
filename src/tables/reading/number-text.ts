const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Formats significant digits without an exponent, with a minus sign; whole numbers and numbers from 10^digits on stay whole. */
export function numberText(value: number, digits: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return minus(String(value));
  return roundedText(value, digits);
}

/** The same, but whole numbers get all their digits, as for other measured numbers in a column. */
export function roundedText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return '0';
  if (Math.abs(value) >= 10 ** digits) return minus(value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, '\u202f'));
  const [mantissa, exponent] = value.toPrecision(digits).split('e');
  return minus(exponent === undefined ? mantissa : `${mantissa} × 10${superscript(Number(exponent))}`);
}

/** Formats a fixed number of decimals; a number that rounds to zero has no sign. */
export function decimalText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  return minus(value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1'));
}

const notFinite = (value: number): string => (Number.isNaN(value) ? 'n/a' : value > 0 ? '∞' : '−∞');

const minus = (text: string): string => text.replaceAll('-', '−');

const superscript = (power: number): string =>
  (power < 0 ? '⁻' : '') + [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
