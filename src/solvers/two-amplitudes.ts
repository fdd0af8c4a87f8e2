import { sameDecay } from './best-over-f.ts';

/**
 * The best S0 >= 0 and f within bounds of S0 (f u + (1 - f) v) for two given decays u and v, in closed form: the plane
 * of both decays where the projection on it has an allowed f, otherwise the better of the two ends (non-negative
 * least squares, Lawson and Hanson 1974, ch. 23, in two variables).
 */
export class TwoAmplitudes {
  S0 = 0;
  f = 0;
  /** Whether f is between its bounds and S0 above 0, so that both answer to the signals. */
  free = false;
  readonly #least: number;
  readonly #most: number;

  constructor([least, most]: readonly [number, number]) {
    this.#least = least;
    this.#most = most;
  }

  /** From the inner products of the signals x with both decays, and of the decays with themselves and each other. */
  solve(xu: number, xv: number, uu: number, vv: number, uv: number): void {
    const determinant = uu * vv - uv * uv;
    const alpha = vv * xu - uv * xv;
    const beta = uu * xv - uv * xu;
    const sum = alpha + beta;
    if (determinant > sameDecay * uu * vv && sum > 0) {
      const f = alpha / sum;
      if (f > this.#least && f < this.#most) {
        this.f = f;
        this.S0 = sum / determinant;
        this.free = true;
        return;
      }
    }
    this.free = false;
    const atLeast = this.#gain(this.#least, xu, xv, uu, vv, uv);
    const atMost = this.#gain(this.#most, xu, xv, uu, vv, uv);
    this.f = atMost > atLeast ? this.#most : this.#least;
    const along = xv + this.f * (xu - xv);
    const square = vv + this.f * (2 * (uv - vv) + this.f * (uu - 2 * uv + vv));
    this.S0 = along > 0 && square > 0 ? along / square : 0;
  }

  /** What the decay with this f takes off the sum of squares. */
  #gain(f: number, xu: number, xv: number, uu: number, vv: number, uv: number): number {
    const along = xv + f * (xu - xv);
    const square = vv + f * (2 * (uv - vv) + f * (uu - 2 * uv + vv));
    return along > 0 && square > 0 ? (along * along) / square : 0;
  }
}
