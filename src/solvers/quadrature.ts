import type { Distribution } from '../contracts/fitter.ts';

/** Nodes and weights of a quadrature rule on -1..1, nodes ascending. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre rule with `n` nodes, exact for polynomials up to degree 2n - 1. The nodes are the roots of the
 * Legendre polynomial P_n, found by Newton's method from Tricomi's first approximation; the weights are
 * 2 / ((1 - x²) P_n'(x)²) (Abramowitz and Stegun 1964, 25.4.29).
 *
 * @param n at least 1
 */
export function gaussLegendre(n: number): QuadratureRule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (n - i - 0.25)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 50; step++) {
      const value = legendre(n, x);
      slope = (n * (value.previous - x * value.last)) / (1 - x * x);
      const change = value.last / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  if (n % 2 === 1) nodes[(n - 1) / 2] = 0;
  return { nodes, weights };
}

/** P_n(x) and P_{n-1}(x) by Bonnet's recursion. */
function legendre(n: number, x: number): { last: number; previous: number } {
  let previous = 1;
  let last = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * last - (k - 1) * previous) / k;
    previous = last;
    last = next;
  }
  return { last, previous };
}

/**
 * The prior of one parameter along an axis of integration: `t` is the parameter itself, or its natural logarithm if the prior is
 * flat or normal in that.
 */
export interface PriorAxis {
  /** Where the prior begins and ends, in t. Equal for a constant. */
  readonly low: number;
  readonly high: number;
  readonly logarithmic: boolean;
  /** Centre in t, and one over the standard deviation: 0 where the prior is flat in t. */
  readonly mean: number;
  readonly precision: number;
}

/** A normal prior is cut this many standard deviations from its mean; 2e-9 of its mass is outside. */
const normalEnds = 6;

/**
 * Returns the axis of a prior.
 *
 * @param least,most physical limits; a normal prior is cut there
 */
export function priorAxis(prior: Distribution, least: number, most: number): PriorAxis {
  if ('uniform' in prior) return flatAxis(prior.uniform[0], prior.uniform[1], false);
  if ('logUniform' in prior) {
    return flatAxis(Math.log(prior.logUniform[0]), Math.log(prior.logUniform[1]), true);
  }
  if ('logNormal' in prior) {
    const { median, sd, within } = prior.logNormal;
    const [low, high] = within.map(Math.log);
    return { low, high, logarithmic: true, mean: Math.log(median), precision: 1 / sd };
  }
  if ('constant' in prior) return flatAxis(prior.constant, prior.constant, false);
  const { mean, sd } = prior.normal;
  const low = Math.min(most, Math.max(least, mean - normalEnds * sd));
  const high = Math.min(most, Math.max(least, mean + normalEnds * sd));
  return { low, high, logarithmic: false, mean, precision: sd > 0 ? 1 / sd : 0 };
}

function flatAxis(low: number, high: number, logarithmic: boolean): PriorAxis {
  return { low, high, logarithmic, mean: 0, precision: 0 };
}

/** The parameter's value at t. */
export function valueAt(axis: PriorAxis, t: number): number {
  return axis.logarithmic ? Math.exp(t) : t;
}

/** The prior's density per unit of t, up to a constant. */
export function densityAt(axis: PriorAxis, t: number): number {
  if (axis.precision === 0) return 1;
  const z = (t - axis.mean) * axis.precision;
  return Math.exp(-0.5 * z * z);
}

/** Writes evenly spaced parameter values from..to (in t), ends included; returns how many: one if it has no extent. */
export function spreadValues(
  axis: PriorAxis,
  from: number,
  to: number,
  most: number,
  values: Float64Array,
): number {
  const count = to > from ? most : 1;
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  for (let k = 0; k < count; k++) values[k] = valueAt(axis, from + k * step);
  return count;
}

/** Writes a rule's nodes on from..to (in t) as parameter values, and its weights times the prior's density. */
export function placeNodes(
  axis: PriorAxis,
  rule: QuadratureRule,
  from: number,
  to: number,
  values: Float64Array,
  weights: Float64Array,
): void {
  const centre = (from + to) / 2;
  const half = (to - from) / 2;
  for (let k = 0; k < rule.nodes.length; k++) {
    const t = centre + half * rule.nodes[k];
    values[k] = valueAt(axis, t);
    weights[k] = rule.weights[k] * densityAt(axis, t);
  }
}
