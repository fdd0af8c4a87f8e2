import { digamma, trigamma } from './digamma.ts';

/** Least variance, as a share of the largest that values with the same mean could have. */
const leastSpread = 1e-10;

/** A beta density on 0..1. */
export interface Beta {
  readonly a: number;
  readonly b: number;
}

/**
 * Maximum-likelihood beta density, among those with a >= `least` and b >= `least`, of values strictly inside 0..1.
 * With `least` 1 the density is bounded. The likelihood depends on them through the means
 * of log x and log(1 - x) alone and is concave in (a, b), so Newton's method from the moments' estimate, halved
 * where it would leave the positive quadrant or overshoot, ends in its one maximum: where digamma(a) -
 * digamma(a + b) and digamma(b) - digamma(a + b) are those means (Johnson, Kotz and Balakrishnan, Continuous
 * Univariate Distributions 2, 1995, ch. 25). Where that lies below `least`, concavity puts the best on an edge.
 *
 * @param least 0, or 1
 * @throws RangeError where the values are all alike, which leaves no maximum
 */
export function fitBeta(values: Float64Array, least: 0 | 1 = 0): Beta {
  const n = values.length;
  let sum = 0;
  let logs = 0;
  let logsOfRest = 0;
  for (let i = 0; i < n; i++) {
    sum += values[i];
    logs += Math.log(values[i]);
    logsOfRest += Math.log1p(-values[i]);
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  const variance = squares / n;
  // Values closer to each other would make a and b larger than rounding can tell apart.
  if (!(variance > leastSpread * mean * (1 - mean))) {
    throw new RangeError('a beta density needs different values inside 0..1');
  }
  const best = maximise(logs / n, logsOfRest / n, mean, variance);
  return best.a < least || best.b < least ? bestOnEdge(logs / n, logsOfRest / n) : best;
}

/** The best with a = 1 or b = 1 and the other at least 1: the densities are b (1 - x)^(b - 1) and a x^(a - 1). */
function bestOnEdge(meanLog: number, meanLogOfRest: number): Beta {
  const a = Math.max(1, -1 / meanLog);
  const b = Math.max(1, -1 / meanLogOfRest);
  const withA = Math.log(a) + (a - 1) * meanLog;
  const withB = Math.log(b) + (b - 1) * meanLogOfRest;
  return withA > withB ? { a, b: 1 } : { a: 1, b };
}

function maximise(meanLog: number, meanLogOfRest: number, mean: number, variance: number): Beta {
  const total = Math.max(1e-3, (mean * (1 - mean)) / variance - 1);
  let a = mean * total;
  let b = (1 - mean) * total;
  for (let step = 0; step < 200; step++) {
    const both = digamma(a + b);
    const slopeA = both - digamma(a) + meanLog;
    const slopeB = both - digamma(b) + meanLogOfRest;
    // Minus the Hessian, which is positive definite.
    const shared = -trigamma(a + b);
    const curveA = trigamma(a) + shared;
    const curveB = trigamma(b) + shared;
    const determinant = curveA * curveB - shared * shared;
    let stepA = (curveB * slopeA - shared * slopeB) / determinant;
    let stepB = (curveA * slopeB - shared * slopeA) / determinant;
    while (a + stepA < 0.2 * a || b + stepB < 0.2 * b) {
      stepA /= 2;
      stepB /= 2;
    }
    a += stepA;
    b += stepB;
    if (Math.abs(stepA) <= 1e-14 * a && Math.abs(stepB) <= 1e-14 * b) break;
  }
  return { a, b };
}
