import type { EpochLoss } from '../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine, Loss, TrainerOptions } from './engine.ts';
import { batchesAhead } from './ahead/batches-ahead.ts';
import { batchesHere, type BatchShape, type Draw, type DrawModule } from './ahead/batches.ts';
import { targetWidth } from './fused/loss-shape.ts';
import { RunningWeights } from './learning-rate.ts';
import type { LearningRate } from './learning-rate.ts';
import { pauser } from './pauser.ts';

export interface EndlessPlan {
  readonly network: DenseNetwork;
  /** Weights to start from. */
  readonly weights: DenseWeights;
  readonly loss: Loss;
  /** Voxels in every step. */
  readonly batch: number;
  readonly steps: number;
  /** What fills the batches: by itself, or where it can be drawn elsewhere, in a second thread. */
  readonly draw: Draw | DrawModule;
  /** See `oneCycle`. */
  readonly learningRate: LearningRate;
  readonly adam: Omit<TrainerOptions['adam'], 'learningRate'>;
  /** Steps over which the moving average of the weights forgets; 0 for none. */
  readonly averageOver: number;
  /** Told now and then how many steps are done, and their mean loss since it was told last. */
  readonly onProgress?: (steps: number, loss: number) => void;
}

export interface EndlessTraining {
  /** The mean loss of every hundredth of the training; an epoch is such a hundredth. */
  readonly losses: readonly EpochLoss[];
  /** Weights after the last step. */
  readonly last: DenseWeights;
  /** Their moving average, or the last ones where none was asked for. */
  readonly averaged: DenseWeights;
}

const EPOCHS = 100;
/** How often, in the time that it forgets in, the average takes in the weights. */
const TAKEN = 50;

/**
 * Training on voxels that are met once: every batch is drawn anew, so that nothing can be learnt by heart and no voxels
 * need be set aside. The same plan on the same engine gives the same weights.
 *
 * @throws Error where the loss is no longer a number
 */
export async function trainEndless(engine: Engine, plan: EndlessPlan): Promise<EndlessTraining> {
  const { network, batch, steps, learningRate, averageOver } = plan;
  const trainer = engine.train({ ...plan, adam: { ...plan.adam, learningRate: learningRate(0) } });
  const shape: BatchShape = {
    steps,
    inputs: batch * network.inputs,
    targets: batch * targetWidth(network, plan.loss),
  };
  const { draw } = plan;
  const batches = typeof draw === 'function' ? batchesHere(draw, shape) : await batchesAhead(draw, shape);
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
