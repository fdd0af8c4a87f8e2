import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { differentBValues } from '../signal/b-values.ts';

/** Lower and upper bound of each parameter; D and Dp in mm²/s, f a fraction. */
export interface ParameterBounds {
  readonly D: readonly [number, number];
  readonly f: readonly [number, number];
  readonly Dp: readonly [number, number];
}

/** The study's bounds: 0 to 1 on everything. */
export const STUDY_BOUNDS: ParameterBounds = { D: [0, 1], f: [0, 1], Dp: [0, 1] };

const ordered = (max: number, what: string) =>
  z
    .tuple([z.number().min(0).max(max), z.number().min(0).max(max)])
    .refine(([low, high]) => low < high, {
      message: `${what}: the lower bound must be below the upper bound`,
    })
    .readonly();

/** Returns whether a value lies between two bounds, on neither of them. */
export function isInside(value: number, [least, most]: readonly [number, number]): boolean {
  return value > least && value < most;
}

/** Distance to a bound that counts as on it where a search ends near it, as a fraction of the range. */
const ON_BOUND = 1e-8;

/** The same for a value that a search has found, which may end just before a bound. */
export function isWellInside(value: number, [least, most]: readonly [number, number]): boolean {
  const margin = most < Infinity ? ON_BOUND * (most - least) : 0;
  return value > least + margin && value < most - margin;
}

/** Returns the nearest value that is not outside two bounds; NaN stays NaN. */
export function clip(value: number, [least, most]: readonly [number, number]): number {
  return value < least ? least : value > most ? most : value;
}

/** @throws InputError if no D within its bounds is below any Dp within its own */
export function requireOrder(fitter: string, { D, Dp }: ParameterBounds): void {
  if (D[0] < Dp[1]) return;
  throw new InputError(
    `${fitter}: bounds of D start at ${D[0]}, where those of Dp end (${Dp[1]}); Dp must be able to exceed D`,
  );
}

/** Factor by which an estimate may differ from the published means of healthy organs. */
const FACTOR = 3;
const S0 = [0.5, 2] as const;

/** Least and greatest published mean; D and Dp in 10⁻³ mm²/s. */
interface Means {
  readonly D: readonly [number, number];
  readonly f: readonly [number, number];
  readonly Dp: readonly [number, number];
}

/**
 * Means of healthy organs: the tissues of OSIPI TF2.4's XCAT IVIM phantom (which names its papers), and for the liver
 * besides them Riexinger et al., J Magn Reson Imaging 2019;50:1883-1892 (D 1.00 and 1.22, f 0.286 and 0.303,
 * Dp 260 and 308 at 3 and 1.5 T). The brain's are those that OSIPI's collection proposes as first guesses (its pull request 149),
 * which takes them from Federau, NMR Biomed 2017;30:e3780 and from Vieni et al., NeuroImage 2020;206:116228.
 */
const PUBLISHED = {
  brain: { D: [0.8, 0.83], f: [0.05, 0.0764], Dp: [10, 10.88] },
  liver: { D: [1.0, 1.5], f: [0.11, 0.303], Dp: [100, 308] },
  spleen: { D: [1.3, 1.3], f: [0.2, 0.2], Dp: [30, 30] },
  pancreas: { D: [1.3, 1.3], f: [0.15, 0.15], Dp: [10, 10] },
  kidney: { D: [2.09, 2.12], f: [0.097, 0.158], Dp: [19, 20] },
  muscle: { D: [1.37, 1.37], f: [0.1, 0.1], Dp: [26.3, 26.3] },
  myocardium: { D: [1.5, 2.4], f: [0.07, 0.15], Dp: [70, 80] },
} as const satisfies Record<string, Means>;

type Organ = keyof typeof PUBLISHED;
export const ORGANS = Object.keys(PUBLISHED) as [Organ, ...Organ[]];

/**
 * Bounds for one organ: rates from a third of the least published mean to three times the greatest, f from 0 to three
 * times the greatest, at most 1. S0 from half to twice the mean at b=0.
 */
export function organBounds(organ: Organ) {
  const { D, f, Dp } = PUBLISHED[organ];
  const around = ([least, greatest]: readonly [number, number]): [number, number] => [
    least / FACTOR / 1000,
    (greatest * FACTOR) / 1000,
  ];
  const most: [number, number] = [0, Math.min(1, FACTOR * f[1])];
  return { S0, D: around(D), f: most, Dp: around(Dp) };
}

/** Bounds of a fit that estimates S0 too; S0 as a multiple of the mean of the signals at b=0. */
export interface ScaledBounds extends ParameterBounds {
  readonly S0: readonly [number, number];
}

/**
 * Ranges wide enough for all healthy tissue: those of IVIM-NET_optim (Kaandorp 2021: D to 0.005, Dp 0.005 to 0.2 mm²/s,
 * S0 to twice the measured one), with f from 0 to 1. Dp begins where D ends, so that the two cannot be exchanged.
 */
export const WIDE_BOUNDS: ScaledBounds = { S0: [0.5, 2], D: [0, 0.005], f: [0, 1], Dp: [0.005, 0.2] };

/**
 * The bounds of OSIPI's collection for every part of the body (its `ivim_body_part_defaults`, 2026, after the consensus
 * recommendations of Sigmund et al.): broad physical limits, so that lesions, which differ from healthy tissue, are not restricted.
 */
export const OSIPI_BOUNDS: ScaledBounds = { S0: [0.5, 1.5], D: [0, 0.005], f: [0, 1], Dp: [0.005, 0.2] };

const range = (least: number, most: number, what: string) =>
  z
    .tuple([z.number().min(least).max(most), z.number().min(least).max(most)])
    .refine(([low, high]) => low < high, {
      message: `${what}: the lower bound must be below the upper bound`,
    })
    .readonly();

/** Bounds of a fit with known S0 in YAML: `broad`, the name of an organ, or ranges; omitted ones are the study's. */
export const boundsSchema = z
  .union([
    z.literal('broad').transform((): ParameterBounds => withoutS0(OSIPI_BOUNDS)),
    z.enum(ORGANS).transform((organ): ParameterBounds => withoutS0(organBounds(organ))),
    z
      .strictObject({
        D: ordered(Infinity, 'bounds of D')
          .default(STUDY_BOUNDS.D)
          .describe('lower and upper bound of D, mm²/s'),
        f: ordered(1, 'bounds of f').default(STUDY_BOUNDS.f).describe('lower and upper bound of f'),
        Dp: ordered(Infinity, 'bounds of Dp')
          .default(STUDY_BOUNDS.Dp)
          .describe('lower and upper bound of Dp, mm²/s'),
      })
      .readonly(),
  ])
  .default(STUDY_BOUNDS);

const withoutS0 = ({ D, f, Dp }: ParameterBounds): ParameterBounds => ({ D, f, Dp });

/** OSIPI's first guess. */
export const OSIPI_START = { S0: 1, D: 0.001, f: 0.2, Dp: 0.03 } as const;

/** Bounds in YAML: `broad`, the name of an organ, or ranges; omitted ones are those of `WIDE_BOUNDS`. */
export const scaledBoundsSchema = z
  .union([
    z.literal('broad').transform((): ScaledBounds => OSIPI_BOUNDS),
    z.enum(ORGANS).transform((organ): ScaledBounds => organBounds(organ)),
    z
      .strictObject({
        S0: range(1e-3, 1e3, 'bounds of S0')
          .default(WIDE_BOUNDS.S0)
          .describe('lower and upper bound of S0, as a multiple of the mean at b=0'),
        D: range(0, 10, 'bounds of D').default(WIDE_BOUNDS.D).describe('lower and upper bound of D, mm²/s'),
        f: range(0, 1, 'bounds of f').default(WIDE_BOUNDS.f).describe('lower and upper bound of f'),
        Dp: range(0, 10, 'bounds of Dp')
          .default(WIDE_BOUNDS.Dp)
          .describe('lower and upper bound of Dp, mm²/s'),
      })
      .readonly(),
  ])
  .default(WIDE_BOUNDS);

/** Four unknowns need four signals. @throws InputError naming the fitter and the b-values */
export function requireFour(fitter: string, bValues: Float64Array): void {
  if (differentBValues(bValues).length >= 4) return;
  throw new InputError(
    `${fitter}: b-values ${bValues.join(', ')} are too few; it estimates S0, D, f and Dp and needs at least four`,
  );
}

/** @throws InputError if the start is outside the bounds */
export function requireStart(
  fitter: string,
  bounds: ScaledBounds,
  start: Readonly<Record<keyof ScaledBounds, number>>,
): void {
  for (const name of ['S0', 'D', 'f', 'Dp'] as const) {
    const [low, high] = bounds[name];
    if (start[name] >= low && start[name] <= high) continue;
    throw new InputError(
      `${fitter}: start of ${name} is ${start[name]}; it must lie within its bounds, ${low} to ${high}`,
    );
  }
}

/** The lower bounds in the order of `ScaledDecay`. */
export const lowerEnds = ({ S0, D, f, Dp }: ScaledBounds): Float64Array =>
  Float64Array.of(S0[0], D[0], f[0], Dp[0]);

/** The upper bounds in the order of `ScaledDecay`. */
export const upperEnds = ({ S0, D, f, Dp }: ScaledBounds): Float64Array =>
  Float64Array.of(S0[1], D[1], f[1], Dp[1]);

/** OSIPI's first guess, moved inside the bounds if they exclude it. */
export function startInside(bounds: ScaledBounds): Record<keyof ScaledBounds, number> {
  const inside = (name: keyof ScaledBounds) =>
    Math.min(bounds[name][1], Math.max(bounds[name][0], OSIPI_START[name]));
  return { S0: inside('S0'), D: inside('D'), f: inside('f'), Dp: inside('Dp') };
}
