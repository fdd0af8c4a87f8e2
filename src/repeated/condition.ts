import type { SimulatedConfig } from '../simulated/config.ts';
import type { ProtocolMeasured, TestData, TrainingData } from '../simulated/voxels.ts';

/** What networks are trained and tested under several times, as far as the comparison of conditions knows it. Plain data. */
export interface Condition {
  /** What tells it from the others of its experiment: `{ depth: 3 }`. */
  readonly factors: Readonly<Record<string, number>>;
  /** Whether others are compared with it. */
  readonly reference?: boolean;
  readonly protocol: ProtocolMeasured;
  /** The voxels networks are tested on. */
  readonly data: TestData;
}

/** A condition as an experiment plans it. */
export interface PlannedCondition extends Pick<Condition, 'factors' | 'reference'> {
  /** The config as this condition has it: settings of fitters, test voxels, noise levels. */
  readonly config: SimulatedConfig;
  /** Voxels to train on, if not those that `config` describes. */
  readonly training?: TrainingData;
  /** Voxels over which the loss of trained networks is reported beside that over their own. */
  readonly all?: TrainingData;
}

/** `depth=3`; as a part of ids. */
export const conditionName = ({ factors }: Pick<Condition, 'factors'>): string =>
  Object.entries(factors)
    .map(([factor, value]) => `${factor}=${value}`)
    .join(' ');
