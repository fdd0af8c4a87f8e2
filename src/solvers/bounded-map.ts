import { BoundedNewton, type Smooth3 } from './bounded-newton.ts';
import type { ParameterBounds } from './bounds.ts';
import type { IvimPosterior } from './ivim-posterior.ts';
import { logit, logRate } from './log-coordinates.ts';
import type { PriorDensities } from './prior-densities.ts';
import { SeparableLeastSquares } from './separable.ts';

const MOST_STEPS = 200;
/** Starts lie in the middle of the prior, and this many of its standard deviations from there, moved into the bounds. */
const DEVIATIONS = 2;
/** Number of minima that are kept per box. Further ones, which are rare, still count as answers. */
const MOST_MINIMA = 16;

/**
 * The minimum of the study's negative log posterior (`IvimPosterior`) where each parameter has bounds of its own and Dp >= D.
 *
 * With u = log Dp, v = log D and z = logit f, bounds of the parameters are a box in (u, v, z), which u >= v cuts. What is left
 * are at most two boxes, each searched by Newton's method (`BoundedNewton`) from many starts:
 *
 * - where u is at least the upper bound of v, u >= v holds anyway;
 * - where u is below it, v runs from its lower bound c to u: v = c + (u - c) s / w, with s between 0 and w.
 */
export class BoundedMap {
  /** The answer, after `run`. */
  u = NaN;
  v = NaN;
  z = NaN;
  value = Infinity;
  converged = false;

  readonly #posterior: IvimPosterior;
  readonly #boxes: readonly Box[];
  readonly #leastSquares: SeparableLeastSquares;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** Starting values of u, of v and of z. */
  readonly #starts: readonly [Float64Array, Float64Array, Float64Array];

  /** @param b b-values without 0, s/mm² */
  constructor(b: Float64Array, posterior: IvimPosterior, prior: PriorDensities, bounds: ParameterBounds) {
    this.#posterior = posterior;
    this.#leastSquares = new SeparableLeastSquares(b, bounds);
    this.#low = Float64Array.of(logRate(bounds.Dp[0]), logRate(bounds.D[0]), logit(bounds.f[0]));
    this.#high = Float64Array.of(logRate(bounds.Dp[1]), logRate(bounds.D[1]), logit(bounds.f[1]));
    const [a, c, e] = this.#low;
    const [most, d, g] = this.#high;
    const boxes: Box[] = [];
    if (most > Math.max(a, d)) boxes.push(new ApartBox(posterior, [Math.max(a, d), c, e], [most, d, g]));
    const below = Math.min(most, d);
    if (below > Math.max(a, c)) {
      boxes.push(new OrderedBox(posterior, c, below - c, [Math.max(a, c), e], [below, g]));
    }
    this.#boxes = boxes;
    const mean = prior.f.a / (prior.f.a + prior.f.b);
    const sdOfLogit = 1 / Math.sqrt(mean * (1 - mean) * (1 + prior.f.a + prior.f.b));
    this.#starts = [
      this.#around(0, Math.log(prior.Dp.median), prior.Dp.sigma),
      this.#around(1, Math.log(prior.D.median), prior.D.sigma),
      this.#around(2, logit(mean), sdOfLogit),
    ];
  }

  #around(j: number, centre: number, sd: number): Float64Array {
    const inside = (x: number) => Math.min(this.#high[j], Math.max(this.#low[j], x));
    return Float64Array.from([-DEVIATIONS, 0, DEVIATIONS], (by) => inside(centre + by * sd));
  }

  /**
   * Fits the voxel that the posterior was given, whose signals, b=0 left out, start at `offset`.
   * @param minima minima without bounds, as (u, u - v, z), where searches start as well
   */
  run(values: Float64Array, offset: number, minima: Float64Array, count: number): void {
    const solver = this.#leastSquares;
    const [us, vs, zs] = this.#starts;
    this.value = Infinity;
    this.converged = false;
    solver.solve(values, offset);
    for (const box of this.#boxes) {
      box.clear();
      this.#search(box, logRate(solver.Dp), logRate(solver.D), logit(solver.f));
      for (let k = 0; k < 3 * count; k += 3) {
        this.#search(box, minima[k], minima[k] - minima[k + 1], minima[k + 2]);
      }
      for (const u of us) for (const v of vs) for (const z of zs) this.#search(box, u, v, z);
    }
  }

  /** Writes the Hessian of the posterior at the answer into `IvimPosterior.hessian`. */
  evaluate(): void {
    this.#posterior.evaluate(this.u, this.u - this.v, this.z);
  }

  #search(box: Box, u: number, v: number, z: number): void {
    const ending = box.minimise(u, v, z);
    if (ending === 'known' || !(box.value < this.value)) return;
    this.value = box.value;
    this.converged = ending === 'converged';
    this.u = box.u;
    this.v = box.v;
    this.z = box.newton.x[2];
  }
}

/** The posterior over a box of its own coordinates x, y and z. */
abstract class Box implements Smooth3 {
  readonly gradient = new Float64Array(3);
  readonly hessian = new Float64Array(6);
  readonly majorant = new Float64Array(6);
  readonly newton: BoundedNewton;
  protected readonly posterior: IvimPosterior;
  readonly #minima = new Float64Array(3 * MOST_MINIMA);
  #found = 0;

  constructor(posterior: IvimPosterior, lower: readonly number[], upper: readonly number[]) {
    this.posterior = posterior;
    this.newton = new BoundedNewton(lower, upper);
  }

  get value(): number {
    return this.newton.value;
  }
  abstract get u(): number;
  abstract get v(): number;
  abstract evaluate(x: number, y: number, z: number): number;
  /** Writes the point of the box that is nearest to (u, v, z). */
  protected abstract place(u: number, v: number, z: number): void;

  clear(): void {
    this.#found = 0;
  }

  minimise(u: number, v: number, z: number): ReturnType<BoundedNewton['minimise']> {
    const { newton } = this;
    this.place(u, v, z);
    const ending = newton.minimise(this, MOST_STEPS, this.#minima, this.#found);
    if (ending !== 'known' && this.#found < MOST_MINIMA) this.#minima.set(newton.x, 3 * this.#found++);
    return ending;
  }
}

/** The box over (u, v, z) in which every Dp exceeds every D. */
class ApartBox extends Box {
  get u(): number {
    return this.newton.x[0];
  }
  get v(): number {
    return this.newton.x[1];
  }

  protected place(u: number, v: number, z: number): void {
    this.newton.x[0] = u;
    this.newton.x[1] = v;
    this.newton.x[2] = z;
  }

  evaluate(u: number, v: number, z: number): number {
    const { posterior } = this;
    const value = posterior.evaluate(u, u - v, z);
    const { gradient: g } = posterior;
    this.gradient[0] = g[0] + g[1];
    this.gradient[1] = -g[1];
    this.gradient[2] = g[2];
    apart(posterior.hessian, this.hessian);
    apart(posterior.majorant, this.majorant);
    return value;
  }
}

/** A matrix over (u, u - v, z) as one over (u, v, z). */
function apart(from: Float64Array, to: Float64Array): void {
  const [uu, ur, uz, rr, rz, zz] = from;
  to[0] = uu + 2 * ur + rr;
  to[1] = -ur - rr;
  to[2] = uz + rz;
  to[3] = rr;
  to[4] = -rz;
  to[5] = zz;
}

/** The box over (u, s, z) in which v = c + (u - c) s / w. */
class OrderedBox extends Box {
  readonly #least: number;
  readonly #width: number;
  readonly #over = new Float64Array(6);

  constructor(
    posterior: IvimPosterior,
    least: number,
    width: number,
    lower: readonly [number, number],
    upper: readonly [number, number],
  ) {
    super(posterior, [lower[0], 0, lower[1]], [upper[0], width, upper[1]]);
    this.#least = least;
    this.#width = width;
  }

  get u(): number {
    return this.newton.x[0];
  }
  get v(): number {
    const [u, s] = this.newton.x;
    // At s = w exactly u: the two rates are the same there.
    return s === this.#width ? u : this.#least + ((u - this.#least) * s) / this.#width;
  }

  protected place(u: number, v: number, z: number): void {
    const inside = u - this.#least;
    this.newton.x[0] = u;
    this.newton.x[1] = inside > 0 ? (this.#width * (v - this.#least)) / inside : 0;
    this.newton.x[2] = z;
  }

  evaluate(u: number, s: number, z: number): number {
    const { posterior } = this;
    const byS = (u - this.#least) / this.#width;
    const byU = s / this.#width;
    const value = posterior.evaluate(u, Math.max(0, u - this.#least - byS * s), z);
    const { gradient: g } = posterior;
    const slope = -g[1];
    this.gradient[0] = g[0] + g[1] + byU * slope;
    this.gradient[1] = byS * slope;
    this.gradient[2] = g[2];
    this.#chain(posterior.hessian, this.hessian, byU, byS);
    this.hessian[1] += slope / this.#width;
    this.#chain(posterior.majorant, this.majorant, byU, byS);
    return value;
  }

  /** Composes a matrix over (u, v, z) with the first derivatives of v. */
  #chain(from: Float64Array, to: Float64Array, byU: number, byS: number): void {
    const over = this.#over;
    apart(from, over);
    const [uu, uv, uz, vv, vz, zz] = over;
    to[0] = uu + 2 * byU * uv + byU * byU * vv;
    to[1] = byS * (uv + byU * vv);
    to[2] = uz + byU * vz;
    to[3] = byS * byS * vv;
    to[4] = byS * vz;
    to[5] = zz;
  }
}
