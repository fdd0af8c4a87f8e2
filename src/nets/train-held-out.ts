import type { Engine, Loss } from './engine.ts';
import { HeldOutLoss } from './held-out-loss.ts';
import type { SplitRows } from './split-rows.ts';
import { train } from './train.ts';
import type { Training, TrainingPlan } from './train.ts';

export interface HeldOutPlan extends Omit<TrainingPlan, 'rows' | 'loss' | 'judge'> {
  readonly loss: Extract<Loss, { kind: 'rebuild-s0' }>;
  readonly rows: SplitRows;
}

/** Training in which an epoch counts by its mean loss on voxels that are not learnt from (Kaandorp 2021). */
export function trainHeldOut(engine: Engine, plan: HeldOutPlan): Promise<Training> {
  const { network, rows, loss } = plan;
  const heldOut = new HeldOutLoss(loss, rows.heldOut);
  return train(engine, {
    ...plan,
    rows: rows.learnt,
    judge(weights) {
      const predictor = engine.use(network, weights);
      const mean = heldOut.of(predictor);
      predictor.dispose();
      return mean;
    },
  });
}
