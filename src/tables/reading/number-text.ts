/** Significant digits in plain notation, with a true minus; whole numbers and anything from 10^digits on stay whole. */
export function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return minus(String(value));
  const whole = Math.abs(value) >= 10 ** digits;
  const plain = whole ? value.toFixed(0) : value.toPrecision(digits);
  const [mantissa, exponent] = plain.split('e');
  if (exponent === undefined) return minus(whole ? plain.replace(/\B(?=(\d{3})+$)/g, '\u202f') : plain);
  return minus(`${mantissa} × 10^${Number(exponent)}`);
}

const minus = (text: string): string => text.replaceAll('-', '−');
