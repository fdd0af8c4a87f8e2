/** The learning rate of every step, counted from 0. */
export type LearningRate = (step: number) => number;

/** Share of the steps in which the rate rises, and the parts of its peak it begins and ends with. */
const RISING = 0.3;
const FIRST = 1 / 25;
const LAST = 1e-5;

/**
 * One cycle (Smith and Topin 2018): up to `peak` and down to almost nothing, along half a cosine each way. The shares
 * are those of PyTorch's `OneCycleLR`, but for the end.
 */
export function oneCycle(peak: number, steps: number): LearningRate {
  const top = RISING * steps;
  return (step) =>
    step < top
      ? along(FIRST * peak, peak, step / top)
      : along(peak, LAST * peak, (step - top) / (steps - top));
}

/** From `from` at t = 0 to `to` at t = 1 along half a cosine. */
function along(from: number, to: number, t: number): number {
  return to + (from - to) * (0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, t)));
}
