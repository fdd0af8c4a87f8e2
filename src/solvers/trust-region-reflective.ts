import { ReflectiveStep } from './reflective-step.ts';
import type { Box } from './reflective-step.ts';
import { orthogonalise, triangularise } from './three-by-three.ts';
import { trustRegionStep } from './trust-region-step.ts';
import type { SpectralModel } from './trust-region-step.ts';

/** Residuals of a model of three parameters at `m` measurements, with first derivatives. */
export interface ResidualModel {
  readonly m: number;
  /** Writes model minus measurement at `x` into `r` (length m). */
  residuals(x: Float64Array, r: Float64Array): void;
  /** Writes the derivatives at the point of the last call of `residuals` into `J` (column-major, m x 3). */
  jacobian(J: Float64Array): void;
}

const bits = new BigInt64Array(1);
const value = new Float64Array(bits.buffer);

/** The double next to `from` on the way to `to`; `from` itself where they are equal. Both finite. */
export function nextToward(from: number, to: number): number {
  if (from === to) return from;
  if (from === 0) return to > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  value[0] = from;
  const awayFromZero = from > 0 === to > from;
  bits[0] = bits[0] + (awayFromZero ? 1n : -1n);
  return value[0];
}

/** Stop test, with the names of SciPy's `least_squares`. */
interface StopRules {
  /** Relative decrease of the sum of squares. */
  readonly ftol: number;
  /** Step relative to the parameters. */
  readonly xtol: number;
  /** Largest component of the scaled gradient. */
  readonly gtol: number;
  /** Evaluations of the residuals, at most. */
  readonly maxEvaluations: number;
}

/** A start closer to a bound than this is moved inside. */
const START_DISTANCE = 1e-10;

/**
 * Bounded nonlinear least squares in three parameters,
 *
 *     minimise  F(x) = 1/2 |r(x)|²  subject to  lower <= x <= upper,
 *
 * by the trust-region reflective method (Branch, Coleman and Li, SIAM J Sci Comput 1999;21:1) in the form of SciPy's
 * `least_squares(method='trf', tr_solver='exact', x_scale=1)`, which its `curve_fit` uses where bounds are given. It
 * follows SciPy's choices of scaling, step, radius and stop test one by one, so that it ends in the same minimum.
 *
 * With g = J'r and v the distance to the bound in the direction of -g (1 where that bound is infinite), it stops where
 * max |v_i g_i| < `gtol`; where F falls by less than `ftol` F in a step that achieves more than a quarter of its promise;
 * where a step is shorter than `xtol` (`xtol` + |x|); or after `maxEvaluations`. Allocates nothing per problem.
 */
export class TrustRegionReflective {
  /** Half the sum of squares at the point found. */
  cost = NaN;
  /** Number of evaluations of the residuals. */
  evaluations = 0;

  readonly #model: ResidualModel;
  readonly #box: Box;
  readonly #justInside: Box;
  readonly #rules: StopRules;
  readonly #chooser: ReflectiveStep;
  readonly #residuals: Float64Array;
  readonly #newResiduals: Float64Array;
  readonly #J: Float64Array;
  readonly #augmented: Float64Array;
  readonly #newX = new Float64Array(3);
  readonly #gradient = new Float64Array(3);
  readonly #distance = new Float64Array(3);
  readonly #slope = new Float64Array(3);
  readonly #d = new Float64Array(3);
  readonly #hatGradient = new Float64Array(3);
  readonly #R = new Float64Array(9);
  readonly #W = new Float64Array(9);
  readonly #rhs = new Float64Array(3);
  readonly #pHat = new Float64Array(3);
  readonly #spectrum: SpectralModel = {
    squares: new Float64Array(3),
    gradient: new Float64Array(3),
    V: new Float64Array(9),
    fullRank: true,
  };

  /** @param box finite bounds, each lower one below its upper one */
  constructor(model: ResidualModel, box: Box, rules: StopRules) {
    const { m } = model;
    this.#model = model;
    this.#box = box;
    this.#rules = rules;
    this.#justInside = {
      lower: box.lower.map((low, i) => nextToward(low, box.upper[i])),
      upper: box.upper.map((high, i) => nextToward(high, box.lower[i])),
    };
    this.#chooser = new ReflectiveStep(box);
    this.#residuals = new Float64Array(m);
    this.#newResiduals = new Float64Array(m);
    this.#J = new Float64Array(3 * m);
    this.#augmented = new Float64Array(4 * (m + 3));
  }

  /**
   * @param x the start on entry, the minimum found on return
   * @returns whether a stop rule was met before the evaluations ran out
   */
  minimise(x: Float64Array): boolean {
    const { ftol, xtol, gtol, maxEvaluations } = this.#rules;
    const chooser = this.#chooser;
    const newX = this.#newX;
    const f = this.#residuals;
    const fNew = this.#newResiduals;

    this.#moveInside(x, START_DISTANCE);
    this.#model.residuals(x, f);
    this.evaluations = 1;
    this.cost = 0.5 * sumOfSquares(f);
    this.#differentiate();
    this.#scale(x);
    let radius = this.#firstRadius(x);
    let alpha = 0;
    let stop = !Number.isFinite(this.cost);

    for (;;) {
      const gNorm = this.#scale(x);
      if (gNorm < gtol) return true;
      if (stop || this.evaluations === maxEvaluations) return stop && Number.isFinite(this.cost);
      this.#factorise();
      const theta = Math.max(0.995, 1 - gNorm);

      let decrease = -1;
      while (decrease <= 0 && this.evaluations < maxEvaluations) {
        alpha = trustRegionStep(this.#spectrum, radius, alpha, this.#pHat);
        chooser.choose(x, this.#R, this.#hatGradient, this.#d, this.#pHat, radius, theta);
        for (let i = 0; i < 3; i++) newX[i] = x[i] + chooser.step[i];
        this.#moveInside(newX, 0);
        this.#model.residuals(newX, fNew);
        this.evaluations++;
        const hatLength = Math.sqrt(sumOfSquares(chooser.stepHat));
        const newCost = 0.5 * sumOfSquares(fNew);
        if (!Number.isFinite(newCost)) {
          radius = 0.25 * hatLength;
          continue;
        }

        decrease = this.cost - newCost;
        const ratio = agreement(decrease, chooser.decrease);
        const smallDecrease = decrease < ftol * this.cost && ratio > 0.25;
        const smallStep = Math.sqrt(sumOfSquares(chooser.step)) < xtol * (xtol + Math.sqrt(sumOfSquares(x)));
        if (smallDecrease || smallStep) {
          stop = true;
          break;
        }
        const newRadius =
          ratio < 0.25 ? 0.25 * hatLength : ratio > 0.75 && hatLength > 0.95 * radius ? 2 * radius : radius;
        alpha *= radius / newRadius;
        radius = newRadius;
      }

      if (decrease > 0) {
        x.set(newX);
        f.set(fNew);
        this.cost = 0.5 * sumOfSquares(f);
        this.#differentiate();
      }
    }
  }

  /** Computes Jacobian and gradient at the point whose residuals were evaluated last. */
  #differentiate(): void {
    const J = this.#J;
    const f = this.#residuals;
    const m = f.length;
    this.#model.jacobian(J);
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += J[j * m + k] * f[k];
      this.#gradient[j] = sum;
    }
  }

  /** Coleman-Li scaling at `x` (their equation 2.2, without absolute values). Returns the scaled gradient's norm. */
  #scale(x: Float64Array): number {
    const { lower, upper } = this.#box;
    let largest = 0;
    for (let i = 0; i < 3; i++) {
      const g = this.#gradient[i];
      const v = g < 0 ? upper[i] - x[i] : g > 0 ? x[i] - lower[i] : 1;
      this.#distance[i] = v;
      this.#slope[i] = Math.abs(g);
      const size = Math.abs(g * v);
      if (size > largest) largest = size;
    }
    return largest;
  }

  #firstRadius(x: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < 3; i++) sum += (x[i] * x[i]) / this.#distance[i];
    return sum > 0 ? Math.sqrt(sum) : 1;
  }

  /** The quadratic model in the scaled space: its triangle, its gradient and its singular values. */
  #factorise(): void {
    const J = this.#J;
    const f = this.#residuals;
    const m = f.length;
    const rows = m + 3;
    const A = this.#augmented;
    for (let j = 0; j < 3; j++) {
      const d = Math.sqrt(this.#distance[j]);
      this.#d[j] = d;
      this.#hatGradient[j] = d * this.#gradient[j];
      const column = j * rows;
      for (let k = 0; k < m; k++) A[column + k] = J[j * m + k] * d;
      A[column + m] = A[column + m + 1] = A[column + m + 2] = 0;
      A[column + m + j] = Math.sqrt(this.#slope[j]);
      A[3 * rows + m + j] = 0;
    }
    for (let k = 0; k < m; k++) A[3 * rows + k] = f[k];

    const W = this.#W;
    const { squares, gradient, V } = this.#spectrum;
    triangularise(A, rows, this.#R, this.#rhs);
    W.set(this.#R);
    orthogonalise(W, V);
    let least = Infinity;
    let most = 0;
    for (let j = 0; j < 3; j++) {
      const a = W[3 * j];
      const b = W[3 * j + 1];
      const c = W[3 * j + 2];
      const square = a * a + b * b + c * c;
      squares[j] = square;
      gradient[j] = a * this.#rhs[0] + b * this.#rhs[1] + c * this.#rhs[2];
      if (square < least) least = square;
      if (square > most) most = square;
    }
    this.#spectrum.fullRank = Math.sqrt(least) > Number.EPSILON * m * Math.sqrt(most);
  }

  /** Moves parameters that are on a bound, or relatively nearer than `distance`, off it. */
  #moveInside(x: Float64Array, distance: number): void {
    const { lower, upper } = this.#box;
    for (let i = 0; i < 3; i++) {
      const low = lower[i];
      const high = upper[i];
      if (distance === 0) {
        if (x[i] <= low) x[i] = this.#justInside.lower[i];
        else if (x[i] >= high) x[i] = this.#justInside.upper[i];
      } else {
        const lowEnough = distance * Math.max(1, Math.abs(low));
        const highEnough = distance * Math.max(1, Math.abs(high));
        if (x[i] - low <= lowEnough) x[i] = low + lowEnough;
        else if (high - x[i] <= highEnough) x[i] = high - highEnough;
        if (x[i] < low || x[i] > high) x[i] = 0.5 * (low + high);
      }
    }
  }
}

/** Returns the ratio of actual to predicted decrease, 0 if none was predicted. */
function agreement(actual: number, predicted: number): number {
  if (predicted > 0) return actual / predicted;
  return predicted === 0 && actual === 0 ? 1 : 0;
}

function sumOfSquares(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return sum;
}
