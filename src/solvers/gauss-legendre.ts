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
