import type { EpochLoss, TissuePrior } from '../../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine } from '../../nets/engine.ts';
import { initialWeights } from '../../nets/initialise.ts';
import { oneCycle } from '../../nets/learning-rate.ts';
import { trainEndless } from '../../nets/train-endless.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import { OUTPUT_LOSSES, OUTPUTS, PER_PARAMETER } from './outputs.ts';
import { PriorGrid } from './prior-grid.ts';
import { INPUTS } from './protocol-inputs.ts';
import { RandomVoxels } from './random-voxels.ts';
import { Standardisation } from './standardisation.ts';

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

/** Voxels that the standardisation of the inputs is computed from. */
const SAMPLE = 20_000;
/** How much the loss of a quantile counts beside that of a mean, by which networks are compared. */
const QUANTILE_WEIGHT = 0.3;

/** Trains a network for tissue of one prior on endless random voxels, fresh ones in every batch. */
export async function trainNetwork(
  engine: Engine,
  tissue: TissuePrior,
  { depth, width, batch, steps, learningRate }: TrainingSettings,
  seed: number,
  onProgress?: (steps: number, loss: number) => void,
): Promise<TrainedNetwork> {
  const first = new QuickRandom(deriveSeed(seed, 'protocols'));
  const voxels = new RandomVoxels(tissue, new PriorGrid(tissue), first);
  const sample = new Float64Array(SAMPLE * INPUTS);
  for (let i = 0; i < SAMPLE; i++) voxels.next(first, sample, i * INPUTS);
  const standardised = new Standardisation(sample, INPUTS);
  const network: LinearNetwork = {
    inputs: INPUTS,
    hidden: Array.from({ length: depth }, () => width),
    activation: 'silu',
    outputs: OUTPUTS,
    head: { kind: 'linear' },
  };
  const row = new Float64Array(INPUTS);
  const draw = (step: number, x: Float32Array, target: Float32Array) => {
    const random = new QuickRandom(deriveSeed(seed, 'batch', step));
    voxels.renew(random);
    for (let i = 0; i < batch; i++) {
      voxels.next(random, row, 0);
      standardised.apply(row, x, i * INPUTS);
      writeTargets(voxels, target, 2 * i * OUTPUTS);
    }
  };
  const { averaged, losses } = await trainEndless(engine, {
    network,
    weights: initialWeights(network, deriveSeed(seed, 'weights')),
    loss: { kind: 'weighted', outputs: OUTPUT_LOSSES },
    batch,
    steps,
    draw,
    learningRate: oneCycle(learningRate, steps),
    adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    averageOver: steps / 50,
    ...(onProgress ? { onProgress } : {}),
  });
  return { network, weights: standardised.intoFirstLayer(averaged), losses };
}

/**
 * Every output of a parameter has the same target: how far the truth is from the mode, in the mode's standard deviations.
 * Errors of the mean count in expected errors instead, which are the same for all voxels of a protocol and noise level.
 */
function writeTargets({ truth, inputs }: RandomVoxels, target: Float32Array, at: number): void {
  const { centre, scale, expected } = inputs;
  for (let j = 0, o = 0; j < 3; j++) {
    const t = (truth[j] - centre[j]) / scale[j];
    const relative = scale[j] / expected[j];
    target[at + o] = t;
    target[at + OUTPUTS + o++] = relative * relative;
    for (let k = 1; k < PER_PARAMETER; k++) {
      target[at + o] = t;
      target[at + OUTPUTS + o++] = QUANTILE_WEIGHT;
    }
  }
}
