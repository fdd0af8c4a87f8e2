import type { EpochLoss } from '../../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine } from '../../nets/engine.ts';
import { initialWeights } from '../../nets/initialise.ts';
import { oneCycle } from '../../nets/learning-rate.ts';
import { trainEndless } from '../../nets/train-endless.ts';
import { deriveSeed } from '../../random/seed.ts';
import { elsewhere, Lessons, type LessonPlan } from './lessons.ts';
import { OUTPUT_LOSSES, OUTPUTS } from './manifest.ts';
import { intoLastLayer } from './signal-inputs.ts';

export interface TrainingPlan extends LessonPlan {
  readonly depth: number;
  readonly width: number;
  /** Peak of the one-cycle schedule. */
  readonly learningRate: number;
  readonly onProgress?: (steps: number, loss: number) => void;
}

/** A network with a linear head. */
export type LinearNetwork = DenseNetwork & { readonly head: { readonly kind: 'linear' } };

export interface TrainedNetwork {
  readonly network: LinearNetwork;
  /** For inputs as written by `SignalInputs`, and outputs in mm²/s and fractions. */
  readonly weights: DenseWeights;
  readonly losses: readonly EpochLoss[];
}

/** Fraction of the steps over which the average of the weights forgets. */
const AVERAGED = 1 / 50;

/** Trains a network on an endless stream of voxels from its prior. */
export async function trainNetwork(engine: Engine, plan: TrainingPlan): Promise<TrainedNetwork> {
  const { bValues, tissue, noise, knowsNoise, batch, epochs, stepsPerEpoch, exactVoxels, seed } = plan;
  const lessonPlan: LessonPlan = {
    ...{ bValues, tissue, noise, knowsNoise, batch, epochs, stepsPerEpoch, exactVoxels, seed },
  };
  const lessons = new Lessons(lessonPlan);
  const steps = plan.epochs * plan.stepsPerEpoch;
  const network: LinearNetwork = {
    inputs: lessons.inputs.count,
    hidden: Array.from({ length: plan.depth }, () => plan.width),
    activation: 'silu',
    outputs: OUTPUTS,
    head: { kind: 'linear' },
  };
  const { averaged, losses } = await trainEndless(engine, {
    network,
    weights: initialWeights(network, deriveSeed(plan.seed, 'weights')),
    loss: { kind: 'weighted', outputs: OUTPUT_LOSSES },
    batch: plan.batch,
    steps,
    draw: elsewhere(lessonPlan),
    learningRate: oneCycle(plan.learningRate, steps),
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    averageOver: steps * AVERAGED,
    ...(plan.onProgress ? { onProgress: plan.onProgress } : {}),
  });
  const { whitening, scale } = lessons;
  return { network, weights: intoLastLayer(whitening.intoFirstLayer(averaged), scale), losses };
}
