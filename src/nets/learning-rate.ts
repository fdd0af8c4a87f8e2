import type { DenseLayer, DenseWeights } from './engine.ts';

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

/**
 * Exponential moving average of a network's weights (Polyak and Juditsky 1992 average them all; here old ones are
 * forgotten), corrected for its beginning as Adam's moments are: after one weight the average is that weight.
 */
export class RunningWeights {
  readonly #keep: number;
  #sums: DenseLayer[] | undefined;
  #kept = 1;

  /** @param keep share of the old average that every new weight leaves, at least 0 and below 1 */
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

  /** The average; at least one must have been added. */
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
