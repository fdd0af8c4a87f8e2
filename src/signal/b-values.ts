/** A b-value below this (s/mm²) is 0 with a rounding error: scanners do not set b so finely. */
const ZERO_BELOW = 0.01;
/** b-values closer together than this relative difference form one shell with jitter, such as 986 to 1004 on some scanners. */
const SHELL = 0.03;
/** No whole-body scanner measures above this, in s/mm². */
const IMPOSSIBLE = 100_000;
/** GE's marker in the b-values of some exports. */
const GE_OFFSET = 1e9;
/** If the largest b-value is outside this range, a factor of ten is more likely than the value. */
const LOW_LARGEST = 200;
const HIGH_LARGEST = 4_000;
/** A largest b-value below this is in ms/µm². */
export const MS_PER_UM2 = 20;
/** Above this, the decay in tissue deviates from two exponentials (Jensen and Helpern, NMR Biomed 2010;23:698-710). */
export const KURTOSIS_FROM = 1_500;

/** Returns 0 for a b-value that differs from it only by rounding, of either sign. */
export const roundedToZero = (b: number): number => (Math.abs(b) < ZERO_BELOW ? 0 : b);

/** Applies `roundedToZero` to a list. */
export const withExactZeros = (measured: ArrayLike<number>): Float64Array =>
  Float64Array.from(measured, roundedToZero);

/** Returns the b-values that differ by more than a shell's jitter, ascending: the lowest of each cluster. */
export function differentBValues(bValues: ArrayLike<number>): number[] {
  const different: number[] = [];
  for (const b of withExactZeros(bValues).sort()) {
    const last = different.at(-1);
    if (last === undefined || b > last * (1 + SHELL)) different.push(b);
  }
  return different;
}

const MOST_B_VALUES = 10_000;

/** Returns why b-values can't be in s/mm², with a suggestion; undefined if they can. */
export function impossibleBValues(bValues: ArrayLike<number>): string | undefined {
  if (bValues.length > MOST_B_VALUES)
    return `found ${bValues.length} b-values; allowed: up to ${MOST_B_VALUES}, more than any scan has volumes`;
  const largest = Math.max(...Array.from(bValues));
  if (largest > 0 && largest < ZERO_BELOW) {
    return `the largest b-value, ${largest}, is impossible in s/mm²: are these in s/µm²? Multiply by 1,000,000`;
  }
  if (!(largest > IMPOSSIBLE)) return undefined;
  const above = Array.from(bValues).filter((b) => b > IMPOSSIBLE);
  const lessOffset = above.map((b) => b - GE_OFFSET);
  // A 1e9 alone may also be 1000 s/mm² in s/m²; then no other b-value is possible but 0.
  const othersPossible = Array.from(bValues).some((b) => b >= ZERO_BELOW && b <= IMPOSSIBLE);
  const isOffset =
    lessOffset.every((b) => b >= 0 && b <= IMPOSSIBLE) && (Math.max(...lessOffset) > 0 || othersPossible);
  const hint = isOffset
    ? `GE scanners add ${GE_OFFSET} to b-values; subtract it`
    : largest / 1e6 <= HIGH_LARGEST
      ? 'are these in s/m²? Divide by 1,000,000'
      : 'b-values are read in s/mm²';
  return `the b-value ${largest} is impossible in s/mm²: ${hint}`;
}

/** Returns a warning if the scale of possible b-values is unlikely. */
export function oddBValues(bValues: ArrayLike<number>): string[] {
  const largest = Math.max(...Array.from(bValues));
  if (!(largest > 0)) return [];
  if (largest < MS_PER_UM2) {
    return [`the largest b-value is ${largest}: b-values are read in s/mm², are these in ms/µm²?`];
  }
  if (largest <= LOW_LARGEST) {
    return [
      `the largest b-value is ${largest} s/mm², too low to separate D from perfusion; are these a tenth of the b-values measured?`,
    ];
  }
  if (largest >= HIGH_LARGEST) {
    return [
      `the largest b-value is ${largest} s/mm², far beyond what IVIM is measured with; are these ten times the b-values measured?`,
    ];
  }
  return [];
}

/** Upper limits of rates in mm²/s; no tissue exceeds them. */
export const LARGEST_RATE = { D: 0.1, Dp: 20 } as const;

/** Rates in mm²/s: impossible ones, and unusual ones, too high and too low. Free water at 37 °C has D = 0.003. */
const RATES = {
  D: { impossible: LARGEST_RATE.D, odd: 0.006, oddBelow: 1e-4, impossibleBelow: 1e-6 },
  Dp: { impossible: LARGEST_RATE.Dp, odd: 1, oddBelow: 1e-3, impossibleBelow: 1e-5 },
} as const;

/** Returns why the largest `D` or `Dp` of a tissue can't be in mm²/s; undefined if it can. 0 is possible: nothing moves. */
export function impossibleRate(name: 'D' | 'Dp', largest: number): string | undefined {
  if (largest > 0 && largest < RATES[name].impossibleBelow) {
    return `found ${name} up to ${largest}; allowed: mm²/s (free water at 37 °C has D = 0.003); are these in m²/s? Multiply by 1,000,000`;
  }
  if (!(largest > RATES[name].impossible)) return undefined;
  return `found ${name} up to ${largest}; allowed: mm²/s, up to ${RATES[name].impossible} (free water at 37 °C has D = 0.003); are these in µm²/ms, or in 10⁻³ mm²/s? Divide by 1,000`;
}

/** Returns a warning if the largest `D` or `Dp` of a tissue is unlikely. */
export function oddRate(name: 'D' | 'Dp', largest: number): string[] {
  const { odd, oddBelow, impossibleBelow, impossible } = RATES[name];
  if (largest < oddBelow && largest >= impossibleBelow) {
    return [
      `${name} goes up to ${largest} mm²/s, less than tissue has (free water at 37 °C has D = 0.003): is the unit right?`,
    ];
  }
  if (!(largest > odd) || largest > impossible) return [];
  return [
    `${name} goes up to ${largest} mm²/s, more than tissue has (free water at 37 °C has D = 0.003): is the unit right?`,
  ];
}

/** Typical tissue, for the error caused by a missing b=0. */
const TYPICAL = { D: 0.001, f: 0.2, Dp: 0.04 } as const;

/**
 * Returns the relative underestimation of f if the signal at `lowest` replaces that at b=0, since perfusion has decayed by
 * then. For tissue with D 0.001, f 0.2 and Dp 0.04.
 */
export function missingB0Error(lowest: number): number {
  const { D, f, Dp } = TYPICAL;
  const fast = f * Math.exp(-lowest * Dp);
  const slow = (1 - f) * Math.exp(-lowest * D);
  return 1 - fast / (fast + slow) / f;
}
