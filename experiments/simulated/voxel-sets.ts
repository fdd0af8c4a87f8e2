import type { LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { interleaveVoxels } from '../../src/data/interleave-voxels.ts';
import { joinVoxels } from '../../src/data/join-voxels.ts';
import { simulatePhantom, type PhantomSettings } from '../../src/data/phantom.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { SimulatedConfig } from './config.ts';

/** Settings of a simulation as plain data: what decides its voxels. */
export type Recipe = Omit<PhantomSettings, 'bValues'> & { readonly bValues: readonly number[] };

/** The test voxels of one noise level. Tissue and noise are drawn alike at every level. */
export function testRecipe(config: SimulatedConfig, sigma: number): Recipe {
  const { voxels, S0, tissue, tissues } = config.data;
  const seeds = config.data.seeds ?? {
    parameters: deriveSeed(config.seed, 'test', 'parameters'),
    noise: deriveSeed(config.seed, 'test', 'noise'),
  };
  return {
    bValues: config.protocol.bValues,
    voxels,
    S0,
    tissue,
    ...(tissues ? { tissues: tissues.map(({ D, f, Dp }) => ({ D, f, Dp })) } : {}),
    sigma: { constant: sigma },
    seeds,
  };
}

/** The voxels that networks are trained on; null where the config has none. */
export function trainingRecipe({ protocol, data, training, seed }: SimulatedConfig): Recipe | null {
  if (!training) return null;
  return {
    bValues: protocol.bValues,
    voxels: training.voxels,
    S0: data.S0,
    tissue: training.tissue ?? data.tissue,
    sigma: training.noise.sigma,
    seeds: training.seeds ?? {
      parameters: deriveSeed(seed, 'training', 'parameters'),
      noise: deriveSeed(seed, 'training', 'noise'),
    },
  };
}

/** The recipes of all noise levels, in ascending order of noise. */
export function allRecipes(config: SimulatedConfig): Recipe[] {
  const levels = config.data.noise.map(({ sigma }) => sigma).sort((a, b) => a - b);
  return levels.map((sigma) => testRecipe(config, sigma));
}

const kept = new Map<string, LabelledSignals>();

/** Simulates, once per process: many cells of a worker use the same voxels. Nobody may change them. */
export function simulate(recipe: Recipe): LabelledSignals {
  const name = JSON.stringify(recipe);
  let voxels = kept.get(name);
  if (!voxels) {
    voxels = simulatePhantom({ ...recipe, bValues: Float64Array.from(recipe.bValues) });
    kept.set(name, voxels);
  }
  return voxels;
}

/** Simulates all sets anew where they are used next. */
export const forgetVoxels = (): void => kept.clear();

/** The first `n` voxels of a set: the same voxels, not copied. */
export function firstVoxels({ signals, truth }: LabelledSignals, n: number): LabelledSignals {
  const { bValues, values, scale, sigma } = signals;
  const { D, f, Dp } = truth;
  return {
    signals: {
      bValues,
      n,
      values: values.subarray(0, n * bValues.length),
      scale: scale.subarray(0, n),
      ...(sigma ? { sigma: sigma.subarray(0, n) } : {}),
    },
    truth: { n, D: D.subarray(0, n), f: f.subarray(0, n), Dp: Dp.subarray(0, n) },
  };
}

/** Every test voxel of every noise level, level by level. */
export function allTestVoxels(config: SimulatedConfig): Signals {
  return joinVoxels(allRecipes(config).map((recipe) => simulate(recipe).signals));
}

/** Test voxels for timing, a level after the other in turn, so that the first voxels are a mix of all of them. */
export function timingMix(config: SimulatedConfig, voxels: number): Signals {
  return interleaveVoxels(
    allRecipes(config).map((recipe) => simulate(recipe).signals),
    voxels,
  );
}
