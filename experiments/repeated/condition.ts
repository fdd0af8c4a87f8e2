import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import { unlabelled } from '../../src/data/unlabelled.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { firstVoxels, simulate, type Recipe } from '../simulated/voxel-sets.ts';

/** What networks are trained and tested under, several times, to be held against other conditions. */
export interface Condition {
  /** What tells it from the others of its experiment: `{ depth: 3 }`. */
  readonly factors: Readonly<Record<string, number>>;
  /** The config as this condition has it: settings of fitters, test voxels, noise levels. */
  readonly config: SimulatedConfig;
  readonly training: TrainingSource;
  /** Voxels over which the loss of trained networks is told beside that over their own. */
  readonly all?: Recipe;
}

/** Voxels to train on. */
export interface TrainingSource {
  readonly recipe: Recipe;
  /** How many of them, from the first on. */
  readonly first: number;
  /** Whether those who learn from the truth may see it: not where the voxels are the test's. */
  readonly labelled: boolean;
}

/** `depth=3`; as a part of ids. */
export const conditionName = ({ factors }: Pick<Condition, 'factors'>): string =>
  Object.entries(factors)
    .map(([factor, value]) => `${factor}=${value}`)
    .join(' ');

export function trainingVoxels({ recipe, first, labelled }: TrainingSource): LabelledSignals {
  const voxels = firstVoxels(simulate(recipe), first);
  return labelled ? voxels : unlabelled(voxels.signals);
}
