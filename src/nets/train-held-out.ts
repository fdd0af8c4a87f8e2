import type { EpochLoss } from '../contracts/fitter.ts';
import type { DenseNetwork, DenseWeights, Engine, Loss, TrainerOptions } from './engine.ts';
import { HeldOutLoss } from './held-out-loss.ts';
import { pauser } from './pauser.ts';
import { ShuffledBatches } from './shuffled-batches.ts';
import type { SplitRows } from './split-rows.ts';

export interface HeldOutPlan {
  readonly network: DenseNetwork;
  /** Weights to start from. */
  readonly weights: DenseWeights;
  readonly loss: Extract<Loss, { kind: 'rebuild-s0' }>;
  readonly rows: SplitRows;
  readonly batch: number;
  /** Steps in an epoch, or fewer where the voxels don't fill so many batches. */
  readonly iterations: number;
  /** At most so many epochs. */
  readonly epochs: number;
  /** Stops after so many epochs in a row without a new lowest loss on the voxels held out. */
  readonly patience: number;
  readonly adam: TrainerOptions['adam'];
  /** Seed of the order of the voxels, and of dropout. */
  readonly seed: number;
  /** Told after every epoch. */
  readonly onEpoch?: (epoch: EpochLoss) => void;
}

export interface HeldOutTraining {
  /** Mean loss on the voxels held out after every epoch. */
  readonly losses: readonly EpochLoss[];
  readonly stoppedBy: 'patience' | 'epochs';
  /** Weights after the last epoch. */
  readonly last: DenseWeights;
  /** Weights after the epoch with the lowest loss. */
  readonly best: DenseWeights;
  readonly bestEpoch: number;
}

/**
 * Training that is judged by voxels it doesn't learn from (Kaandorp 2021): batches in a new order every epoch, until the
 * loss on the voxels held out has not fallen for `patience` epochs. The same plan on the same engine gives the same
 * weights.
 *
 * @throws Error where the loss is no longer a number
 */
export async function trainHeldOut(engine: Engine, plan: HeldOutPlan): Promise<HeldOutTraining> {
  const { network, rows, batch, patience, seed } = plan;
  const batches = new ShuffledBatches(rows.learnt, batch, seed);
  if (batches.count === 0) {
    throw new RangeError(`${rows.learnt.n} voxels do not fill one batch of ${batch}`);
  }
  const steps = Math.min(plan.iterations, batches.count);
  const heldOut = new HeldOutLoss(plan.loss, rows.heldOut);
  const trainer = engine.train(plan);
  try {
    const losses: EpochLoss[] = [];
    let best = plan.weights;
    let bestEpoch = 0;
    let lowest = Infinity;
    let stoppedBy: HeldOutTraining['stoppedBy'] = 'epochs';
    const pause = pauser();
    for (let epoch = 1; epoch <= plan.epochs; epoch++) {
      batches.shuffle();
      for (let i = 0; i < steps; i++) trainer.step(batches.take(i), batches.takeTargets(i));
      const weights = trainer.weights();
      const predictor = engine.use(network, weights);
      const loss = heldOut.of(predictor);
      predictor.dispose();
      if (!Number.isFinite(loss)) {
        throw new Error(
          `training diverged in epoch ${epoch}: the loss is ${loss}; a lower learning rate may help`,
        );
      }
      losses.push({ epoch, loss });
      plan.onEpoch?.({ epoch, loss });
      if (loss < lowest) {
        lowest = loss;
        best = weights;
        bestEpoch = epoch;
      } else if (epoch - bestEpoch >= patience) {
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
