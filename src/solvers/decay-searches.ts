import { lowerEnds, upperEnds, type ScaledBounds } from './bounds.ts';
import { DampedNewton, type Precision } from './damped-newton.ts';
import type { RicianDecay, ScaledDecay } from './decay-objectives.ts';
import type { ProjectedDecay } from './projected-decay.ts';

/** For sums of squares of normalised signals: a relative step of 1e-10 changes no estimate, and 1e-26 is rounding. */
export const LEAST_SQUARES: Precision = { relative: 1e-10, absolute: 1e-26 };

/** Returns a search for S0, D, f and Dp within their bounds. */
export const scaledSearch = (
  target: ScaledDecay | RicianDecay,
  bounds: ScaledBounds,
  precision: Precision,
  maxEvaluations: number,
): DampedNewton => new DampedNewton(target, lowerEnds(bounds), upperEnds(bounds), precision, maxEvaluations);

/** Returns a search for D and Dp within their bounds, the amplitudes being eliminated. */
export const projectedSearch = (
  target: ProjectedDecay,
  { D, Dp }: Pick<ScaledBounds, 'D' | 'Dp'>,
  precision: Precision,
  maxEvaluations: number,
): DampedNewton =>
  new DampedNewton(
    target,
    Float64Array.of(D[0], Dp[0]),
    Float64Array.of(D[1], Dp[1]),
    precision,
    maxEvaluations,
  );
