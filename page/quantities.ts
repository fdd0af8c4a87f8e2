/** How a quantity is written for people. */
export interface Quantity {
  readonly label: string;
  readonly unit: string;
  /** What a value is multiplied by. */
  readonly factor: number;
}

const RATE = { unit: '10⁻³ mm²/s', factor: 1000 };

const QUANTITIES: Readonly<Record<string, Quantity>> = {
  S0: { label: 'S₀', unit: 'signal', factor: 1 },
  D: { label: 'D', ...RATE },
  f: { label: 'f', unit: '', factor: 1 },
  Dp: { label: 'D*', ...RATE },
};

const SUFFIXES: Readonly<Record<string, string>> = {
  sd: 'SD of ',
  low: 'lower end of ',
  high: 'upper end of ',
};

/** Returns how a map is written: `D`, `SD of D`, `p value`. */
export function quantityOf(name: string): Quantity {
  const [, base, suffix] = /^(\w+?)_(sd|low|high)$/.exec(name) ?? [];
  const known = QUANTITIES[base ?? name];
  if (!known) return { label: name.replaceAll('_', ' '), unit: '', factor: 1 };
  return { ...known, label: `${suffix ? SUFFIXES[suffix] : ''}${known.label}` };
}

/** Writes a number with three digits that count. */
export function written(value: number, factor = 1): string {
  if (!Number.isFinite(value)) return '–';
  const scaled = value * factor;
  const size = Math.abs(scaled);
  if (size >= 1000) return Math.round(scaled).toLocaleString('en');
  return scaled === 0 ? '0' : String(Number(scaled.toPrecision(3)));
}

/** `notConverged`: not converged */
export const inWords = (status: string): string =>
  status.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
