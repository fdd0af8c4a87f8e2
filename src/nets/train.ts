import type { EpochLoss } from '../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine, Loss, TrainerOptions } from './engine.ts';
import { pauser } from './pauser.ts';
import { ShuffledBatches } from './shuffled-batches.ts';
import type { TrainingRows } from './shuffled-batches.ts';

export interface TrainingPlan {
  readonly network: DenseNetwork;
  /** Initial weights. */
  readonly weights: DenseWeights;
  readonly loss: Loss;
  readonly rows: TrainingRows;
  readonly batch: number;
  /** Maximum number of steps per epoch. Absent: as many batches as the voxels fill. */
  readonly iterations?: number;
  /** Maximum number of epochs. */
  readonly epochs: number;
  /** Stop after this many consecutive epochs without a new lowest loss. */
  readonly patience: number;
  readonly adam: TrainerOptions['adam'];
  /** Seed of the order of the voxels. */
  readonly seed: number;
  /** Called after every epoch. */
  readonly onEpoch?: (epoch: EpochLoss) => void;
  /**
   * Returns the loss by which epochs are compared, given the weights after the epoch. Absent: the summed training loss of its
   * batches.
   */
  readonly judge?: (weights: DenseWeights) => number;
}

export interface Training {
  /** The loss of every epoch by which they are compared. */
  readonly losses: readonly EpochLoss[];
  readonly stoppedBy: 'patience' | 'epochs';
  /** Weights after the last epoch. */
  readonly last: DenseWeights;
  /** Weights after the epoch with the lowest loss. */
  readonly best: DenseWeights;
  readonly bestEpoch: number;
}

/**
 * The study's training (Barbieri 2020): batches in a new order every epoch, until the epoch's loss has not decreased for
 * `patience` epochs. The same plan on the same engine gives the same weights.
 *
 * @throws Error if the loss is no longer a number
 */
export async function train(engine: Engine, plan: TrainingPlan): Promise<Training> {
  const batches = new ShuffledBatches(plan.rows, plan.batch, plan.seed);
  if (batches.count === 0) {
    throw new RangeError(`${plan.rows.n} voxels do not fill one batch of ${plan.batch}`);
  }
  const steps = Math.min(plan.iterations ?? Infinity, batches.count);
  const trainer = engine.train(plan);
  try {
    const losses: EpochLoss[] = [];
    let best = plan.weights;
    let bestEpoch = 0;
    let lowest = Infinity;
    let stoppedBy: Training['stoppedBy'] = 'epochs';
    const pause = pauser();
    for (let epoch = 1; epoch <= plan.epochs; epoch++) {
      batches.shuffle();
      for (let i = 0; i < steps; i++) trainer.step(batches.take(i), batches.takeTargets(i));
      const loss = plan.judge ? plan.judge(trainer.weights()) : trainer.takeLoss();
      if (!Number.isFinite(loss)) {
        throw new Error(
          `training diverged in epoch ${epoch}: the loss is ${loss}; a lower learning rate may help`,
        );
      }
      losses.push({ epoch, loss });
      plan.onEpoch?.({ epoch, loss });
      if (loss < lowest) {
        lowest = loss;
        best = trainer.weights();
        bestEpoch = epoch;
      } else if (epoch - bestEpoch >= plan.patience) {
        stoppedBy = 'patience';
        break;
      }
      await pause();
    }
    return { losses, stoppedBy, last: trainer.weights(), best, bestEpoch };
  } finally {
    trainer.dispose();
  }
}
