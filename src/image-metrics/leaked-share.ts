/** Two true images and what changed in an image that should show the first. */
export interface Leak {
  /** The image with the other's inputs less that with its own. */
  readonly change: ArrayLike<number>;
  readonly own: ArrayLike<number>;
  readonly other: ArrayLike<number>;
}

/**
 * How much of another true image appears in an image: the coefficient b of the least squares of change = a own + b other + c. The term in
 * `own` takes up what the image merely loses of its own contrast, which would otherwise look like the other's, as both differ from it.
 * NaN where the two true images leave b undetermined.
 */
export function leakedShare({ change, own, other }: Leak): number {
  const n = own.length;
  const mean = (of: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += of[i];
    return sum / n;
  };
  const [m, p, q] = [change, own, other].map(mean);
  let [pp, pq, qq, pm, qm] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y, z] = [own[i] - p, other[i] - q, change[i] - m];
    pp += x * x;
    pq += x * y;
    qq += y * y;
    pm += x * z;
    qm += y * z;
  }
  // Cramer's rule for the normal equations.
  const determinant = pp * qq - pq * pq;
  return determinant > 1e-9 * pp * qq ? (pp * qm - pq * pm) / determinant : NaN;
}
