import type { TrainerOptions } from '../engine.ts';

/** The learning rate with the bias corrections of a step, so that the update needs one square root and one division. */
export interface AdamStep {
  readonly rate: number;
  readonly rootCorrection: number;
}

/**
 * Adam's bias corrections at step `t` = 1, 2, … (Kingma and Ba 2015, algorithm 1, in the order PyTorch computes
 * it: epsilon is added after the correction of the second moment).
 */
export function adamStep(adam: TrainerOptions['adam'], learningRate: number, t: number): AdamStep {
  return { rate: learningRate / (1 - adam.beta1 ** t), rootCorrection: 1 / Math.sqrt(1 - adam.beta2 ** t) };
}

/**
 * A moment below this does not change a weight and is set to 0. The moments of a unit that is 0 for all voxels would otherwise
 * shrink to denormal numbers, with which processors compute a hundred times slower.
 */
const FORGOTTEN = 1e-30;

/** One update of every parameter; `first` and `second` are the running moments of the gradient. */
export function adamUpdate(
  parameters: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array,
  { beta1, beta2, epsilon, weightDecay = 0 }: TrainerOptions['adam'],
  { rate, rootCorrection }: AdamStep,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i] + weightDecay * parameters[i];
    let m = beta1 * first[i] + (1 - beta1) * g;
    const v = beta2 * second[i] + (1 - beta2) * g * g;
    if (Math.abs(m) < FORGOTTEN) m = 0;
    first[i] = m;
    second[i] = v;
    parameters[i] -= (rate * m) / (Math.sqrt(v) * rootCorrection + epsilon);
  }
}
