import type { PlanContext } from '../../src/contracts/experiment.ts';
import { checkBValues } from '../../src/data/check-b-values.ts';
import { signalColumns } from '../../src/data/signal-columns.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import type { SimulatedConfig } from './config.ts';
import { fitterCalled, missingTraining, preparationSeed } from './fitter-in-use.ts';
import { allRecipes, trainingRecipe } from './voxel-sets.ts';

/**
 * All that decides what a fitter is once it is ready, as plain data.
 * @throws InputError where it trains and the config has nothing to train on, or where it can't do with the protocol
 */
export async function preparationDecides(config: SimulatedConfig, name: string, context: PlanContext) {
  const { entry, fitter } = await fitterCalled(name, config);
  const needs = needsOf(fitter, entry.settings);
  const training = trainingRecipe(config);
  if (needs.includes('training') && !training) throw missingTraining(name);
  checkBValues(name, fitter, signalColumns(config.protocol.bValues), entry.settings);
  return {
    code: context.codeVersion(new URL(entry.module)),
    fitter: name,
    settings: entry.settings,
    environment: (await fitter.environment?.(entry.settings)) ?? {},
    seed: preparationSeed(config, name),
    bValues: config.protocol.bValues,
    tissue: needs.includes('tissue') ? config.data.tissue : null,
    training: needs.includes('training') ? training : null,
    cohort: needs.includes('allVoxels') ? allRecipes(config) : null,
  };
}
