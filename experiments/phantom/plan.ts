import type { Cell, PlanContext } from '../../src/contracts/experiment.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { moduleExtension } from '../../src/plugins/places.ts';
import type { PhantomConfig } from './config.ts';
import { fitterCalled, missingTraining, preparationSeed } from './fitter-in-use.ts';
import { allRecipes, testRecipe, trainingRecipe } from './voxel-sets.ts';

/** Per fitter: one preparation, a fit per noise level, and a timing. */
export async function planPhantom(config: PhantomConfig, context: PlanContext): Promise<Cell[]> {
  const version = (file: string) => context.codeVersion(new URL(file + moduleExtension, import.meta.url));
  const metrics = await Promise.all(metricNames().map((name) => loadMetric(name)));
  const metricVersions = metrics.map(({ name, module }) => [name, context.codeVersion(module)]);
  const cells = config.fitters.map(async ({ name }): Promise<Cell[]> => {
    const { entry, fitter } = await fitterCalled(name, config);
    const needs = needsOf(fitter, entry.settings);
    const training = trainingRecipe(config);
    if (needs.includes('training') && !training) throw missingTraining(name);
    const code = context.codeVersion(new URL(entry.module));
    const prepare = `prepare ${name}`;
    return [
      {
        id: prepare,
        task: 'prepare',
        input: { fitter: name },
        decides: {
          code: [version('./prepare-cell'), code],
          fitter: name,
          settings: entry.settings,
          environment: (await fitter.environment?.(entry.settings)) ?? {},
          seed: preparationSeed(config, name),
          bValues: config.protocol.bValues,
          tissue: needs.includes('tissue') ? config.data.tissue : null,
          training: needs.includes('training') ? training : null,
          cohort: needs.includes('cohort') ? allRecipes(config) : null,
        },
        needs: [],
      },
      ...config.data.noise.map(({ sigma, snr }): Cell => ({
        id: `fit ${name} snr=${snr}`,
        task: 'fit',
        input: { fitter: name, sigma, snr },
        decides: {
          code: [version('./fit-cell'), code, ...metricVersions],
          data: testRecipe(config, sigma),
          snr,
          seed: config.seed,
          statistics: config.statistics,
        },
        needs: [prepare],
      })),
      {
        id: `time ${name}`,
        task: 'time',
        input: { fitter: name },
        decides: { code: [version('./time-cell'), code], data: allRecipes(config) },
        needs: [prepare],
        alone: true,
      },
    ];
  });
  return (await Promise.all(cells)).flat();
}
