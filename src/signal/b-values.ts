/** Below this many s/mm² a b-value is 0 with a rounding error: no scanner sets b so finely. */
const ZERO_BELOW = 0.01;
/** b-values closer together than this share of themselves are one shell that jitters, as 986 to 1004 on some scanners. */
const SHELL = 0.03;
/** Above this no whole-body scanner measures, in s/mm². */
const IMPOSSIBLE = 100_000;
/** GE's marker in the b-values of some exports. */
const GE_OFFSET = 1e9;
/** Largest b-values below and above these are unusual for IVIM: a factor of ten is likelier. */
const LOW_LARGEST = 200;
const HIGH_LARGEST = 4_000;
/** Largest b-values below this are those of ms/µm². */
export const MS_PER_UM2 = 20;
/** Above this the decay in tissue bends away from two exponentials (Jensen and Helpern, NMR Biomed 2010;23:698-710). */
export const KURTOSIS_FROM = 1_500;

/** What a b-value stands for: 0 where it is 0 but for rounding, of either sign. */
export const roundedToZero = (b: number): number => (Math.abs(b) < ZERO_BELOW ? 0 : b);

/** The same for all of a list. */
export const withExactZeros = (measured: ArrayLike<number>): Float64Array =>
  Float64Array.from(measured, roundedToZero);

/** b-values that differ by more than a shell's jitter, ascending: each cluster's lowest. */
export function differentBValues(bValues: ArrayLike<number>): number[] {
  const different: number[] = [];
  for (const b of withExactZeros(bValues).sort()) {
    const last = different.at(-1);
    if (last === undefined || b > last * (1 + SHELL)) different.push(b);
  }
  return different;
}

/** Why b-values can't be in s/mm², and what they may be; undefined where they can. */
export function impossibleBValues(bValues: ArrayLike<number>): string | undefined {
  const largest = Math.max(...Array.from(bValues));
  if (!(largest > IMPOSSIBLE)) return undefined;
  const above = Array.from(bValues).filter((b) => b > IMPOSSIBLE);
  const lessOffset = above.map((b) => b - GE_OFFSET);
  const isOffset = lessOffset.every((b) => b >= 0 && b <= IMPOSSIBLE) && Math.max(...lessOffset) > 0;
  const hint = isOffset
    ? `GE scanners add ${GE_OFFSET} to b-values; subtract it`
    : largest / 1e6 <= HIGH_LARGEST
      ? 'are these in s/m²? Divide by 1,000,000'
      : 'b-values are read in s/mm²';
  return `the b-value ${largest} is impossible in s/mm²: ${hint}`;
}

/** What is odd about the scale of b-values that are possible. */
export function oddBValues(bValues: ArrayLike<number>): string[] {
  const largest = Math.max(...Array.from(bValues));
  if (!(largest > 0)) return [];
  if (largest < MS_PER_UM2) {
    return [`the largest b-value is ${largest}: b-values are read in s/mm², are these in ms/µm²?`];
  }
  if (largest <= LOW_LARGEST) {
    return [
      `the largest b-value is ${largest} s/mm², too low to tell D from perfusion; are these a tenth of the b-values measured?`,
    ];
  }
  if (largest >= HIGH_LARGEST) {
    return [
      `the largest b-value is ${largest} s/mm², far beyond what IVIM is measured with; are these ten times the b-values measured?`,
    ];
  }
  return [];
}

/** Rates in mm²/s that no tissue has. */
export const LARGEST_RATE = { D: 0.1, Dp: 20 } as const;

/** Rates of tissue in mm²/s: what no tissue has, and what is unusual. Free water at 37 °C has D = 0.003. */
const RATES = {
  D: { impossible: LARGEST_RATE.D, odd: 0.006 },
  Dp: { impossible: LARGEST_RATE.Dp, odd: 1 },
} as const;

/** Why the largest `D` or `Dp` of a tissue can't be in mm²/s; undefined where it can. */
export function impossibleRate(name: 'D' | 'Dp', largest: number): string | undefined {
  if (!(largest > RATES[name].impossible)) return undefined;
  return `found ${name} up to ${largest}; allowed: mm²/s, up to ${RATES[name].impossible} (free water at 37 °C has D = 0.003); are these in µm²/ms, or in 10⁻³ mm²/s? Divide by 1,000`;
}

/** What is odd about the largest `D` or `Dp` of a tissue. */
export function oddRate(name: 'D' | 'Dp', largest: number): string[] {
  if (!(largest > RATES[name].odd) || largest > RATES[name].impossible) return [];
  return [
    `${name} goes up to ${largest} mm²/s, more than tissue has (free water at 37 °C has D = 0.003): is the unit right?`,
  ];
}

/** Tissue by which the error of a missing b=0 is told. */
const TYPICAL = { D: 0.001, f: 0.2, Dp: 0.04 } as const;

/**
 * By how much f comes out too low, as a share of it, where the signal at `lowest` is taken for that at b=0: perfusion has
 * decayed by then. In tissue of D 0.001, f 0.2 and Dp 0.04.
 */
export function missingB0Error(lowest: number): number {
  const { D, f, Dp } = TYPICAL;
  const fast = f * Math.exp(-lowest * Dp);
  const slow = (1 - f) * Math.exp(-lowest * D);
  return 1 - fast / (fast + slow) / f;
}
