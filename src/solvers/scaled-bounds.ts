import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { differentBValues } from '../signal/b-values.ts';
import { ORGANS, organBounds } from './organ-bounds.ts';
import type { ParameterBounds } from './parameter-bounds.ts';

/** Bounds of a fit that estimates S0 too; S0 as a multiple of the mean of the signals at b=0. */
export interface ScaledBounds extends ParameterBounds {
  readonly S0: readonly [number, number];
}

/**
 * Ranges wide enough for all healthy tissue: those of IVIM-NET_optim (Kaandorp 2021: D to 0.005, Dp 0.005 to 0.2 mm²/s,
 * S0 to twice the measured one), with the whole of f. Dp begins where D ends, so that the two can't change names.
 */
export const WIDE_BOUNDS: ScaledBounds = { S0: [0.5, 2], D: [0, 0.005], f: [0, 1], Dp: [0.005, 0.2] };

const range = (least: number, most: number, what: string) =>
  z
    .tuple([z.number().min(least).max(most), z.number().min(least).max(most)])
    .refine(([low, high]) => low < high, {
      message: `${what}: the lower bound must be below the upper bound`,
    })
    .readonly();

/** OSIPI's first guess. */
export const OSIPI_START = { S0: 1, D: 0.001, f: 0.2, Dp: 0.03 } as const;

/** Bounds as YAML gives them: the name of an organ, or ranges, those left out being `WIDE_BOUNDS`. */
export const scaledBoundsSchema = z
  .union([
    z.enum(ORGANS).transform((organ): ScaledBounds => organBounds(organ)),
    z
      .strictObject({
        S0: range(1e-3, 1e3, 'bounds of S0').default(WIDE_BOUNDS.S0),
        D: range(0, 10, 'bounds of D').default(WIDE_BOUNDS.D),
        f: range(0, 1, 'bounds of f').default(WIDE_BOUNDS.f),
        Dp: range(0, 10, 'bounds of Dp').default(WIDE_BOUNDS.Dp),
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

/** @throws InputError where a start lies outside its bounds */
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

/** OSIPI's first guess, moved inside bounds that leave it out. */
export function startInside(bounds: ScaledBounds): Record<keyof ScaledBounds, number> {
  const inside = (name: keyof ScaledBounds) =>
    Math.min(bounds[name][1], Math.max(bounds[name][0], OSIPI_START[name]));
  return { S0: inside('S0'), D: inside('D'), f: inside('f'), Dp: inside('Dp') };
}
