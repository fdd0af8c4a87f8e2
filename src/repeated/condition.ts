import type { SimulatedConfig } from '../simulated/config.ts';
import type { ProtocolMeasured, TestData, TrainingData } from '../simulated/voxels.ts';

/** The conditions under which networks are trained and tested several times, as the comparison needs them. Plain data. */
export interface Condition {
  /** What distinguishes it from the other conditions of its experiment: `{ depth: 3 }`. */
  readonly factors: Readonly<Record<string, number>>;
  /** Whether the others are compared with it. */
  readonly reference?: boolean;
  readonly protocol: ProtocolMeasured;
  /** The voxels networks are tested on. */
  readonly data: TestData;
}

/** A condition as planned by an experiment. */
export interface PlannedCondition extends Pick<Condition, 'factors' | 'reference'> {
  /** The config under this condition: settings of fitters, test voxels, noise levels. */
  readonly config: SimulatedConfig;
  /** Voxels to train on, of each run if they differ, if not those described in `config`. */
  readonly training?: TrainingData | ((run: number) => TrainingData);
  /** Voxels over which the loss of trained networks is also reported, besides their own. */
  readonly all?: TrainingData;
}

/** `depth=3`; used in ids. */
export const conditionName = ({ factors }: Pick<Condition, 'factors'>): string =>
  Object.entries(factors)
    .map(([factor, value]) => `${factor}=${value}`)
    .join(' ');
