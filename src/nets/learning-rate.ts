import type { DenseLayer, DenseWeights } from './engine.ts';

/** The learning rate of every step, counted from 0. */
export type LearningRate = (step: number) => number;

/** Fraction of the steps in which the rate rises, and the fractions of its peak at which it starts and ends. */
const RISING = 0.3;
const FIRST = 1 / 25;
const LAST = 1e-5;

/**
 * One-cycle schedule (Smith and Topin 2018): up to `peak` and down to almost nothing, along half a cosine each. The fractions
 * are those of PyTorch's `OneCycleLR`, except for the end.
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

/**
 * Exponential moving average of a network's weights (Polyak and Juditsky 1992 average all of them; here old ones are
 * forgotten), with a bias correction as for Adam's moments: after one set of weights, the average equals it.
 */
export class RunningWeights {
  readonly #keep: number;
  #sums: DenseLayer[] | undefined;
  #kept = 1;

  /** @param keep fraction of the old average that is kept with each new set of weights, at least 0 and below 1 */
  constructor(keep: number) {
    this.#keep = keep;
  }

  add(weights: DenseWeights): void {
    this.#sums ??= weights.map(({ weight, bias }) => ({
      weight: new Float32Array(weight.length),
      bias: new Float32Array(bias.length),
    }));
    this.#sums.forEach((layer, l) => {
      blend(layer.weight, weights[l].weight, this.#keep);
      blend(layer.bias, weights[l].bias, this.#keep);
    });
    this.#kept *= this.#keep;
  }

  /** Returns the average; at least one set of weights must have been added. */
  average(): DenseWeights {
    const scale = 1 / (1 - this.#kept);
    return (this.#sums ?? []).map(({ weight, bias }) => ({
      weight: weight.map((sum) => sum * scale),
      bias: bias.map((sum) => sum * scale),
    }));
  }
}

function blend(sums: Float32Array, values: Float32Array, keep: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = keep * sums[i] + (1 - keep) * values[i];
}
