/** How far apart neighbouring weights are at last, and how many may be tried in one direction. */
const FINEST = Math.SQRT2;
const FURTHEST = 10;

export interface ChosenWeight {
  readonly weight: number;
  /** Whether weights on both sides of it were tried and are worse. */
  readonly isInside: boolean;
}

/**
 * The weight with the lowest error on a grid that is extended until its best is inside: from a start by factors of two in the direction
 * in which the error falls, and then the neighbours of the best by a factor of the square root of two.
 */
export function chooseWeight(errorAt: (weight: number) => number, start: number): ChosenWeight {
  const tried = new Map<number, number>();
  const of = (exponent: number): number => {
    const known = tried.get(exponent);
    if (known !== undefined) return known;
    const error = errorAt(start * FINEST ** exponent);
    tried.set(exponent, error);
    return error;
  };
  const best = (): number => [...tried].reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  for (const exponent of [0, -2, 2]) of(exponent);
  for (let count = 0; count < FURTHEST && !isInside(best(), 2); count++) {
    const at = best();
    of(tried.has(at - 2) ? at + 2 : at - 2);
  }
  for (const neighbour of [best() - 1, best() + 1]) of(neighbour);
  const at = best();
  return { weight: start * FINEST ** at, isInside: isInside(at, 1) || isInside(at, 2) };

  function isInside(exponent: number, step: number): boolean {
    const exponents = [...tried.keys()];
    return (
      exponents.some((each) => each < exponent && exponent - each <= step) &&
      exponents.some((each) => each > exponent && each - exponent <= step)
    );
  }
}
