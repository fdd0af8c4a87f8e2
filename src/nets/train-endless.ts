import type { EpochLoss } from '../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine, Loss, TrainerOptions } from './engine.ts';
import { batchesAhead } from './ahead/batches-ahead.ts';
import { batchesHere, type Batches, type BatchShape, type Draw, type DrawModule } from './ahead/batches.ts';
import { targetWidth } from './fused/loss-shape.ts';
import { RunningWeights } from './learning-rate.ts';
import type { LearningRate } from './learning-rate.ts';
import { pauser } from './pauser.ts';

export interface EndlessPlan {
  readonly network: DenseNetwork;
  /** Initial weights. */
  readonly weights: DenseWeights;
  readonly loss: Loss;
  /** Number of voxels per step. */
  readonly batch: number;
  readonly steps: number;
  /** Fills the batches: a function, or a module, which is run in a second thread. */
  readonly draw: Draw | DrawModule;
  /** See `oneCycle`. */
  readonly learningRate: LearningRate;
  readonly adam: Omit<TrainerOptions['adam'], 'learningRate'>;
  /** Number of steps over which the moving average of the weights forgets; 0 for none. */
  readonly averageOver: number;
  /** Called now and then with the number of steps done, and the mean loss since the previous call. */
  readonly onProgress?: (steps: number, loss: number) => void;
}

export interface EndlessTraining {
  /** The mean loss of every hundredth of the training; an epoch is such a hundredth. */
  readonly losses: readonly EpochLoss[];
  /** Weights after the last step. */
  readonly last: DenseWeights;
  /** Their moving average, or the last weights if no average was requested. */
  readonly averaged: DenseWeights;
}

const EPOCHS = 100;
/** How often the average is updated during the period over which it forgets. */
const TAKEN = 50;

/** Starting a thread takes about as long as drawing this many batches. */
const FEW_STEPS = 100;

async function batchesOf(draw: EndlessPlan['draw'], shape: BatchShape): Promise<Batches> {
  if (typeof draw === 'function') return batchesHere(draw, shape);
  return shape.steps <= FEW_STEPS ? batchesHere(draw.here(), shape) : batchesAhead(draw, shape);
}

/**
 * Trains on voxels that are used only once: every batch is new, so there is no overfitting, and no voxels need to be held out.
 * The same plan on the same engine gives the same weights.
 *
 * @throws Error if the loss is no longer a number
 */
export async function trainEndless(engine: Engine, plan: EndlessPlan): Promise<EndlessTraining> {
  const { network, batch, steps, learningRate, averageOver } = plan;
  const trainer = engine.train({ ...plan, adam: { ...plan.adam, learningRate: learningRate(0) } });
  const shape: BatchShape = {
    steps,
    inputs: batch * network.inputs,
    targets: batch * targetWidth(network, plan.loss),
  };
  const batches = await batchesOf(plan.draw, shape);
  try {
    const every = Math.max(1, Math.round(averageOver / TAKEN));
    const running = new RunningWeights(Math.exp(-every / averageOver));
    const epoch = Math.max(1, Math.ceil(steps / EPOCHS));
    const losses: EpochLoss[] = [];
    const pause = pauser();
    for (let step = 1; step <= steps; step++) {
      const { x, target } = await batches.next();
      trainer.setLearningRate(learningRate(step - 1));
      trainer.step(x, target);
      if (averageOver > 0 && (step % every === 0 || step === steps)) running.add(trainer.weights());
      if (step % epoch === 0 || step === steps) {
        const loss = trainer.takeLoss() / (step % epoch || epoch);
        if (!Number.isFinite(loss)) {
          throw new Error(
            `training diverged before step ${step}: the loss is ${loss}; a lower learning rate may help`,
          );
        }
        losses.push({ epoch: losses.length + 1, loss });
        plan.onProgress?.(step, loss);
      }
      await pause();
    }
    const last = trainer.weights();
    return { losses, last, averaged: averageOver > 0 ? running.average() : last };
  } finally {
    await batches.close();
    trainer.dispose();
  }
}
