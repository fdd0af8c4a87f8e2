import { quantityOf as listedQuantity } from '../src/measures/quantities.ts';

/** How a quantity is written for people. */
export interface Quantity {
  readonly label: string;
  readonly unit: string;
  /** What a value is multiplied by. */
  readonly factor: number;
}

/** Symbols, in place of names in ASCII. */
const SYMBOLS: Readonly<Record<string, string>> = { S0: 'S₀', D: 'D', f: 'f', Dp: 'D*' };

const SUFFIXES: Readonly<Record<string, string>> = {
  sd: 'SD of ',
  low: 'lower end of ',
  high: 'upper end of ',
};

/** Returns how a map is written: `D`, `SD of D`, `p value`. */
export function quantityOf(name: string): Quantity {
  const [, base, suffix] = /^(\w+?)_(sd|low|high)$/.exec(name) ?? [];
  const symbol = SYMBOLS[base ?? name];
  if (symbol === undefined) return { label: name.replaceAll('_', ' '), unit: '', factor: 1 };
  const { shownUnit, scale } = listedQuantity(base ?? name);
  return {
    label: `${suffix ? SUFFIXES[suffix] : ''}${symbol}`,
    unit: symbol === SYMBOLS['S0'] ? 'signal' : shownUnit.replace('fraction', ''),
    factor: scale,
  };
}

/** Writes a number with three digits that count. */
export function written(value: number, factor = 1): string {
  if (!Number.isFinite(value)) return '–';
  const scaled = value * factor;
  const size = Math.abs(scaled);
  if (size >= 1000) return Math.round(scaled).toLocaleString('en').replace('-', '−');
  return scaled === 0 ? '0' : String(Number(scaled.toPrecision(3))).replace('-', '−');
}

/** `notConverged`: not converged */
export const inWords = (status: string): string =>
  status.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
