import { Cholesky } from './cholesky.ts';

/** A function of n variables with its gradient and a positive semidefinite stand-in for its Hessian. */
export interface DifferentiableObjective {
  readonly n: number;
  readonly gradient: Float64Array;
  /** n x n, row-major: J'J of least squares, the information matrix of a likelihood. */
  readonly curvature: Float64Array;
  /** Returns the value at `x`; not finite where it is undefined. */
  evaluate(x: Float64Array): number;
  /** Fills `gradient` and `curvature` at the point last evaluated. */
  differentiate(): void;
}

/** The search stops where the predicted decrease is at most `relative` of the value plus `absolute`. */
export interface Precision {
  readonly relative: number;
  readonly absolute: number;
}

const FIRST_DAMPING = 1e-3;
const LEAST_DAMPING = 1e-12;
/** Upper bound of the damping: a step that is damped more changes nothing but rounding. */
const MOST_DAMPING = 1e10;
/** With more damping than this, a small predicted decrease does not show that a minimum is near. */
const TELLING_DAMPING = 10;
/** A search that rounding has stopped counts as converged up to this multiple of the precision. */
const ROUNDING = 1e4;

/**
 * Minimises F(x) in a box by damped Newton steps (Marquardt, SIAM J Appl Math 1963;11:431, equation 29). With gradient g
 * and positive semidefinite curvature A at x, a step solves
 *
 *     (A + lambda diag(A)) s = -g
 *
 * over the variables that are free. The damping lambda is relative to the diagonal, so the units of the variables do not
 * matter; it shrinks after a step that lowers F as promised and grows after one that does not. Variables on a bound
 * against which the gradient pushes are held; a step that would leave the box stops at its faces, variable by variable.
 *
 * The search stops where a step that is hardly damped promises to lower F by at most `relative` |F| + `absolute`
 * (`Precision`), or after the evaluations allowed. Allocates nothing per problem.
 */
export class DampedNewton {
  /** The start, and after `run` the end. */
  readonly x: Float64Array;
  value = Infinity;
  /** 1 for every variable that was held on a bound at the end. */
  readonly held: Uint8Array;

  readonly #target: DifferentiableObjective;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #precision: Precision;
  readonly #mostSteps: number;
  readonly #cholesky: Cholesky;
  readonly #step: Float64Array;
  readonly #next: Float64Array;

  /** @param mostSteps evaluations of the function per problem, at most */
  constructor(
    target: DifferentiableObjective,
    lower: Float64Array,
    upper: Float64Array,
    precision: Precision,
    mostSteps: number,
  ) {
    const { n } = target;
    this.#target = target;
    this.#lower = lower;
    this.#upper = upper;
    this.#precision = precision;
    this.#mostSteps = mostSteps;
    this.#cholesky = new Cholesky(n);
    this.x = new Float64Array(n);
    this.held = new Uint8Array(n);
    this.#step = new Float64Array(n);
    this.#next = new Float64Array(n);
  }

  /**
   * Minimises from `x`, which is first moved into the box.
   *
   * @returns whether the stop test was met; the target has been differentiated at the end
   */
  run(): boolean {
    const { x, held } = this;
    const { n, gradient } = this.#target;
    const next = this.#next;
    const step = this.#step;
    const lower = this.#lower;
    const upper = this.#upper;
    const { relative, absolute } = this.#precision;
    for (let j = 0; j < n; j++) x[j] = x[j] < lower[j] ? lower[j] : x[j] > upper[j] ? upper[j] : x[j];
    this.value = this.#target.evaluate(x);
    if (!Number.isFinite(this.value)) return false;
    this.#target.differentiate();
    let damping = FIRST_DAMPING;
    for (let count = 0; count < this.#mostSteps; count++) {
      for (let j = 0; j < n; j++) {
        held[j] = (gradient[j] >= 0 ? x[j] <= lower[j] : x[j] >= upper[j]) ? 1 : 0;
      }
      if (!this.#findStep(damping)) return false;
      let cut = false;
      for (let j = 0; j < n; j++) {
        const to = x[j] + step[j];
        next[j] = to < lower[j] ? lower[j] : to > upper[j] ? upper[j] : to;
        if (next[j] !== to) cut = true;
        step[j] = next[j] - x[j];
      }
      const promised = this.#promise();
      const enough = relative * Math.abs(this.value) + absolute;
      if (promised <= enough && damping <= TELLING_DAMPING) {
        if (!cut) return true;
        // A step cut at the box may predict no decrease although a shorter one would.
        damping = 10 * damping + FIRST_DAMPING;
        if (damping > TELLING_DAMPING) return true;
        continue;
      }
      const value = this.#target.evaluate(next);
      if (value < this.value) {
        x.set(next);
        const kept = (this.value - value) / promised;
        // Far less decrease than predicted: the curvature is too small, and undamped steps would oscillate.
        if (kept > 0.75) damping = Math.max(LEAST_DAMPING, damping / 10);
        else if (kept < 0.25) damping = 4 * damping + 1e-3;
        this.value = value;
        this.#target.differentiate();
      } else {
        damping *= 10;
        if (damping > MOST_DAMPING) {
          this.#target.evaluate(x);
          this.#target.differentiate();
          return promised <= ROUNDING * enough;
        }
      }
    }
    return false;
  }

  /** Computes the damped step over the variables that are not held. Those without effect on the value are held too. */
  #findStep(damping: number): boolean {
    const { held } = this;
    const { n, gradient, curvature } = this.#target;
    const step = this.#step;
    for (let j = 0; j < n; j++) if (!(curvature[j * n + j] > 0)) held[j] = 1;
    for (let more = damping; more <= 1e3 * damping + 1; more = 10 * more + 1e-12) {
      if (!this.#cholesky.factorise(curvature, held, more)) continue;
      this.#cholesky.solve(gradient, step);
      for (let j = 0; j < n; j++) step[j] = -step[j];
      return true;
    }
    return false;
  }

  /** Returns the decrease of the quadratic model over the step. */
  #promise(): number {
    const { n, gradient, curvature } = this.#target;
    const step = this.#step;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let bend = 0;
      for (let j = 0; j < n; j++) bend += curvature[i * n + j] * step[j];
      sum -= step[i] * (gradient[i] + 0.5 * bend);
    }
    return sum;
  }
}
