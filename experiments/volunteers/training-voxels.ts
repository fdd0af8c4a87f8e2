import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import { simulatePhantom, type PhantomSettings } from '../../src/data/phantom.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { VolunteersConfig } from './config.ts';

/** Settings of a simulation as plain data: what decides its voxels. */
type Recipe = Omit<PhantomSettings, 'bValues'> & { readonly bValues: readonly number[] };

/** The simulated voxels that networks begin with; null where the config has none. */
export function beginningRecipe(
  { training, seed }: VolunteersConfig,
  bValues: readonly number[],
): Recipe | null {
  if (!training) return null;
  return {
    bValues,
    voxels: training.voxels,
    S0: training.S0,
    tissue: training.tissue,
    sigma: training.noise.sigma,
    seeds: training.seeds ?? {
      parameters: deriveSeed(seed, 'training', 'parameters'),
      noise: deriveSeed(seed, 'training', 'noise'),
    },
  };
}

export const simulate = (recipe: Recipe): LabelledSignals =>
  simulatePhantom({ ...recipe, bValues: Float64Array.from(recipe.bValues) });
