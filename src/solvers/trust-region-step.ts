const RADIUS_TOLERANCE = 0.01;
const MAX_ITERATIONS = 10;

/** A least-squares model in the directions of its singular vectors. */
export interface SpectralModel {
  /** Singular values, squared. */
  readonly squares: Float64Array;
  /** Singular value times the residual's component along the left singular vector: V' times the gradient. */
  readonly gradient: Float64Array;
  /** Right singular vectors, column-major. */
  readonly V: Float64Array;
  /** Whether no singular value is negligible. */
  fullRank: boolean;
}

/**
 * The trust-region subproblem
 *
 *     minimise  1/2 |J p + r|²  subject to  |p| <= radius
 *
 * by a root search for the Levenberg-Marquardt parameter alpha of (J'J + alpha I) p = -J'r (Moré 1977, section 5). A step on
 * the boundary has exactly the length `radius`.
 *
 * @param alpha the parameter of the previous step, 0 at the start
 * @param p the step
 * @returns the parameter; 0 for the Gauss-Newton step
 */
export function trustRegionStep(
  model: SpectralModel,
  radius: number,
  alpha: number,
  p: Float64Array,
): number {
  const { squares, gradient } = model;
  const s0 = squares[0];
  const s1 = squares[1];
  const s2 = squares[2];
  const g0 = gradient[0];
  const g1 = gradient[1];
  const g2 = gradient[2];

  let lower = 0;
  if (model.fullRank) {
    const a = g0 / s0;
    const b = g1 / s1;
    const c = g2 / s2;
    const length = Math.sqrt(a * a + b * b + c * c);
    if (length <= radius) {
      turnBack(model.V, a, b, c, p);
      return 0;
    }
    lower = ((length - radius) * length) / ((a * a) / s0 + (b * b) / s1 + (c * c) / s2);
  }
  let upper = Math.sqrt(g0 * g0 + g1 * g1 + g2 * g2) / radius;
  if (!model.fullRank && alpha === 0) alpha = Math.max(0.001 * upper, Math.sqrt(lower * upper));

  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (alpha < lower || alpha > upper) alpha = Math.max(0.001 * upper, Math.sqrt(lower * upper));
    const a = g0 / (s0 + alpha);
    const b = g1 / (s1 + alpha);
    const c = g2 / (s2 + alpha);
    const length = Math.sqrt(a * a + b * b + c * c);
    const excess = length - radius;
    const slope = -((a * a) / (s0 + alpha) + (b * b) / (s1 + alpha) + (c * c) / (s2 + alpha)) / length;
    if (excess < 0) upper = alpha;
    const ratio = excess / slope;
    lower = Math.max(lower, alpha - ratio);
    alpha -= (length * ratio) / radius;
    if (Math.abs(excess) < RADIUS_TOLERANCE * radius) break;
  }

  const a = g0 / (s0 + alpha);
  const b = g1 / (s1 + alpha);
  const c = g2 / (s2 + alpha);
  const stretch = radius / Math.sqrt(a * a + b * b + c * c);
  turnBack(model.V, a * stretch, b * stretch, c * stretch, p);
  return alpha;
}

/** p = -V (a, b, c). */
function turnBack(V: Float64Array, a: number, b: number, c: number, p: Float64Array): void {
  p[0] = -(V[0] * a + V[3] * b + V[6] * c);
  p[1] = -(V[1] * a + V[4] * b + V[7] * c);
  p[2] = -(V[2] * a + V[5] * b + V[8] * c);
}
