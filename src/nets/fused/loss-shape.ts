import type { DenseNetwork, Loss, OutputLoss, TrainerOptions } from '../engine.ts';

/**
 * Returns the coefficients of a loss for the kernels: one b-value per input; one weight per output; or, for a weighted loss,
 * three numbers per output: 0 for a mean and 1 for a quantile, 1/2 - level, and the smoothing. For a loss that also
 * reconstructs S0: the weight of a squared residual, four weights of outputs, and the b-values.
 */
export function lossCoefficients(loss: Loss): number[] {
  switch (loss.kind) {
    case 'rebuild':
      return [...loss.bValues];
    case 'squared':
      return [...loss.weights];
    case 'weighted':
      return loss.outputs.flatMap(coefficientsOf);
    case 'rebuild-s0':
      return [
        loss.consistency / loss.bValues.length,
        ...(loss.supervision.length > 0 ? loss.supervision : [0, 0, 0, 0]),
        ...loss.bValues,
      ];
  }
}

function coefficientsOf(output: OutputLoss): number[] {
  return output.kind === 'mean' ? [0, 0, 0] : [1, 0.5 - output.level, output.smoothing];
}

/** Returns the number of terms in the mean of the loss. */
export function lossTerms({
  network,
  loss,
  batch,
}: Pick<TrainerOptions, 'network' | 'loss' | 'batch'>): number {
  switch (loss.kind) {
    case 'rebuild':
      return batch * network.inputs;
    case 'rebuild-s0':
      return batch;
    default:
      return batch * network.outputs;
  }
}

/** Numbers in a row of targets; 0 where the loss needs none. */
export function targetWidth({ outputs }: DenseNetwork, loss: Loss): number {
  switch (loss.kind) {
    case 'rebuild':
      return 0;
    case 'squared':
      return outputs;
    case 'weighted':
      return 2 * outputs;
    case 'rebuild-s0':
      return loss.supervision.length;
  }
}
