import type { EpochLoss } from '../../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine } from '../../nets/engine.ts';
import { initialWeights } from '../../nets/initialise.ts';
import { oneCycle } from '../../nets/learning-rate.ts';
import { trainEndless } from '../../nets/train-endless.ts';
import { deriveSeed } from '../../random/seed.ts';
import { elsewhere, Lessons } from './lessons.ts';
import type { LessonPlan } from './lessons.ts';
import { OUTPUT_LOSSES, OUTPUTS } from './manifest.ts';
import { INPUTS } from './protocol-inputs.ts';

export interface TrainingSettings {
  readonly depth: number;
  readonly width: number;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
}

type LinearNetwork = DenseNetwork & { readonly head: { readonly kind: 'linear' } };

export interface TrainedNetwork {
  readonly network: LinearNetwork;
  readonly weights: DenseWeights;
  /** The mean loss of every hundredth of the training. */
  readonly losses: readonly EpochLoss[];
}

/** Trains a network for tissue of one prior on an endless stream of random voxels, new ones in every batch. */
export async function trainNetwork(
  engine: Engine,
  { tissue, withoutB0 }: Pick<LessonPlan, 'tissue' | 'withoutB0'>,
  { depth, width, batch, steps, learningRate }: TrainingSettings,
  seed: number,
  onProgress?: (steps: number, loss: number) => void,
): Promise<TrainedNetwork> {
  const plan: LessonPlan = { tissue, withoutB0, batch, seed };
  const { standardised } = new Lessons(plan);
  const network: LinearNetwork = {
    inputs: INPUTS,
    hidden: Array.from({ length: depth }, () => width),
    activation: 'silu',
    outputs: OUTPUTS,
    head: { kind: 'linear' },
  };
  const { averaged, losses } = await trainEndless(engine, {
    network,
    weights: initialWeights(network, deriveSeed(seed, 'weights')),
    loss: { kind: 'weighted', outputs: OUTPUT_LOSSES },
    batch,
    steps,
    draw: elsewhere(plan),
    learningRate: oneCycle(learningRate, steps),
    adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    averageOver: steps / 50,
    ...(onProgress ? { onProgress } : {}),
  });
  return { network, weights: standardised.intoFirstLayer(averaged), losses };
}
