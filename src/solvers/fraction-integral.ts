import { expOfMinus } from './exponential.ts';
import { densityAt, gaussLegendre, valueAt } from './quadrature.ts';
import type { PriorAxis } from './quadrature.ts';
import type { RateGrid } from './rate-grid.ts';
import type { RicianFactor } from './rician-factor.ts';
import type { RicianParabolas } from './rician-parabolas.ts';

/** Most nodes along f. */
const mostFractions = 14;
/**
 * Number of nodes where the likelihood may be monotonic over the prior's range, and nodes per standard deviation of the likelihood where it
 * is not: under a flat prior, where the integrand is the likelihood alone, and under others.
 */
const UNDER_FLAT = { oneSided: 6, density: 0.7 } as const;
const UNDER_OTHERS = { oneSided: 10, density: 1 } as const;
/** With a known S0 the likelihood is narrower than the interval, which is that of an unknown one. */
const narrower = 1.7;

/**
 * Integrates likelihood times prior over f, for one pair of rates of a grid: exp((x.s)² / (2 sigma² |s|²)) / |s| with
 * s = f u + (1 - f) v, relative to a peak. By Gauss-Legendre quadrature on the interval where the likelihood is not
 * negligible, which is known in closed form. The number of nodes grows with the steepness of the likelihood.
 */
export class FractionIntegral {
  /** After `integrate`: integrals of likelihood times prior times 1, f, f² and the best S0 (the mean S0 under Rician noise). */
  mass = 0;
  f1 = 0;
  f2 = 0;
  S1 = 0;
  /** S0 of the voxel in the unit of its signals; NaN if it is unknown. */
  knownS0 = NaN;

  readonly #grid: RateGrid;
  readonly #rician: RicianFactor | null;
  readonly #parabolas: RicianParabolas | null;
  readonly #axis: PriorAxis;
  readonly #least: number;
  readonly #most: number;
  /** Coefficients, along the interval of f from -1 to 1, of the logarithm of the Rician factor and of its mean S0 over the best. */
  readonly #curve = new Float64Array(6);
  readonly #rules = Array.from({ length: Math.ceil(narrower * mostFractions) + 1 }, (_, n) =>
    gaussLegendre(Math.max(1, n)),
  );

  /**
   * @param grid the voxel's projection
   * @param rician for the same voxel if noise is Rician; null if it is Gaussian
   * @param parabolas in place of `rician` in voxels where they hold
   */
  constructor(
    grid: RateGrid,
    axis: PriorAxis,
    rician: RicianFactor | null,
    parabolas: RicianParabolas | null,
  ) {
    this.#parabolas = parabolas;
    this.#grid = grid;
    this.#rician = rician;
    this.#axis = axis;
    this.#least = valueAt(axis, axis.low);
    this.#most = valueAt(axis, axis.high);
  }

  /**
   * Integrates for the pair of the grid's i-th Dp and j-th D.
   *
   * @param best the pair's largest (x.s)² / |s|² over the allowed f
   * @param peak the largest of all pairs, whose likelihood counts as 1
   * @param floor values below it are omitted
   */
  integrate(i: number, j: number, best: number, peak: number, floor: number, twoVariances: number): void {
    const { xu, xv, uu, vv, uv, sizeD } = this.#grid;
    const p = xu[i];
    const q = xv[j];
    const normU = uu[i];
    const normV = vv[j];
    const cross = uv[i * sizeD + j];
    // s = v + f (u - v), so x.s = q + f slope and |s|² = normV + f (bend + f spread).
    const slope = p - q;
    const bend = 2 * (cross - normV);
    const spread = normU - 2 * cross + normV;
    let from = this.#least;
    let to = this.#most;
    const flat = !this.#axis.logarithmic && this.#axis.precision === 0;
    const { oneSided, density } = flat ? UNDER_FLAT : UNDER_OTHERS;
    let nodes: number = oneSided;
    // (x.s)² / |s|² is at least `floor` where this quadratic in f is at least 0.
    const a = slope * slope - floor * spread;
    const halfB = q * slope - 0.5 * floor * bend;
    const c = q * q - floor * normV;
    const discriminant = halfB * halfB - a * c;
    if (discriminant > 0) {
      // The roots by Vieta, without cancellation.
      const larger = halfB > 0 ? -halfB - Math.sqrt(discriminant) : -halfB + Math.sqrt(discriminant);
      const low = Math.min(larger / a, c / larger);
      const high = Math.max(larger / a, c / larger);
      if (a < 0) {
        from = Math.max(from, low);
        to = Math.min(to, high);
        if (2 * from < low + high && 2 * to > low + high) {
          // The steepness of a Gaussian with its peak inside that falls to `floor` at both roots.
          const drop = (best - floor) / twoVariances;
          const steepness = (8 * drop) / ((high - low) * (high - low));
          const precision = this.#axis.precision;
          nodes = 3 + Math.floor(density * (to - from) * Math.sqrt(steepness + precision * precision));
        }
      } else if (from <= low && to < high) to = Math.min(to, low);
      else if (to >= high && from > low) from = Math.max(from, high);
    }
    nodes = Math.min(mostFractions, nodes);
    const isKnown = !Number.isNaN(this.knownS0);
    if (isKnown) nodes = Math.ceil(narrower * nodes);
    const half = Math.max(0, to - from) / 2;
    const middle = (to + from) / 2;
    if (half === 0) nodes = 1;
    const rule = this.#rules[nodes];
    const inverse = 1 / twoVariances;
    const enough = this.#parabolas !== null && (peak - best) * inverse >= this.#parabolas.from;
    const parabolas = enough ? this.#parabolas : null;
    parabolas?.pair(this.#grid, i, j);
    const rician = parabolas ? null : this.#rician;
    const curve = this.#curve;
    const isCurve = rician !== null && !isKnown && nodes > 3;
    if (isCurve) {
      for (let e = 0; e < 3; e++) {
        const f = middle + (e - 1) * half;
        const norm = normV + f * (bend + f * spread);
        const best = (q + f * slope) / norm;
        curve[e] = Math.log(rician.over(this.#grid, i, j, f, best, norm));
        curve[3 + e] = rician.S0 / best;
      }
      toParabola(curve, 0);
      toParabola(curve, 3);
    }
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let sS = 0;
    for (let k = 0; k < nodes; k++) {
      const f = middle + half * rule.nodes[k];
      const along = q + f * slope;
      const norm = normV + f * (bend + f * spread);
      const best = along / norm;
      let below = (peak - along * best) * inverse;
      if (parabolas) below -= isKnown ? parabolas.at(f, this.knownS0) : parabolas.over(f, best, norm);
      let w = rule.weights[k] * (below < 0 ? Math.exp(-below) : expOfMinus(below));
      if (!flat) w *= this.#priorOfF(f);
      let meanS0 = best;
      if (isKnown) {
        meanS0 = this.knownS0;
        w *= expOfMinus((meanS0 - best) * (meanS0 - best) * norm * inverse);
        if (rician) w *= rician.at(this.#grid, i, j, f, meanS0);
      } else {
        w /= Math.sqrt(parabolas ? norm * parabolas.curvature : norm);
        if (parabolas) meanS0 = parabolas.S0;
        else if (isCurve && Number.isFinite(curve[0])) {
          const x = rule.nodes[k];
          w *= Math.exp(curve[0] + x * (curve[1] + x * curve[2]));
          meanS0 = best * (curve[3] + x * (curve[4] + x * curve[5]));
        } else if (rician) {
          w *= rician.over(this.#grid, i, j, f, best, norm);
          meanS0 = rician.S0;
        }
      }
      s0 += w;
      s1 += w * f;
      s2 += w * f * f;
      sS += w * meanS0;
    }
    // With a constant f there is nothing to integrate over.
    const scale = this.#most > this.#least ? half : 1;
    this.mass = s0 * scale;
    this.f1 = s1 * scale;
    this.f2 = s2 * scale;
    this.S1 = sS * scale;
  }

  /** Density of the prior per unit of f. */
  #priorOfF(f: number): number {
    const axis = this.#axis;
    return axis.logarithmic ? densityAt(axis, Math.log(f)) / f : densityAt(axis, f);
  }
}

/**
 * Turns values at -1, 0 and 1 into the coefficients of the parabola through them, constant first. The Rician factor varies slowly with f:
 * its logarithm is close to a parabola, which takes a third of the evaluations.
 */
function toParabola(values: Float64Array, at: number): void {
  const low = values[at];
  const middle = values[at + 1];
  const high = values[at + 2];
  // Not finite if any of the three is not.
  values[at] = middle + 0 * (low + high);
  values[at + 1] = (high - low) / 2;
  values[at + 2] = (high + low) / 2 - middle;
}
