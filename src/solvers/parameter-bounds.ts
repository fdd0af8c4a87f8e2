import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';

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

/** Bounds as YAML gives them, those left out being the study's. */
export const boundsSchema = z
  .strictObject({
    D: ordered(Infinity, 'bounds of D').default(STUDY_BOUNDS.D),
    f: ordered(1, 'bounds of f').default(STUDY_BOUNDS.f),
    Dp: ordered(Infinity, 'bounds of Dp').default(STUDY_BOUNDS.Dp),
  })
  .readonly()
  .default(STUDY_BOUNDS);

/** @throws InputError where no D within its bounds lies below any Dp within its own */
export function requireOrder(fitter: string, { D, Dp }: ParameterBounds): void {
  if (D[0] < Dp[1]) return;
  throw new InputError(
    `${fitter}: bounds of D start at ${D[0]}, where those of Dp end (${Dp[1]}); Dp must be able to exceed D`,
  );
}
