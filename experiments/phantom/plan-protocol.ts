import type { Cell, PlanContext } from '../../src/contracts/experiment.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';
import { moduleExtension } from '../../src/plugins/places.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { preparationDecides } from '../simulated/preparation-decides.ts';
import { allRecipes, testRecipe } from '../simulated/voxel-sets.ts';

/** Per fitter: one preparation, a fit per noise level, and a timing. Besides them the bound of each noise level. */
export async function planProtocol(config: SimulatedConfig, context: PlanContext): Promise<Cell[]> {
  const version = (file: string) => context.codeVersion(new URL(file + moduleExtension, import.meta.url));
  const metrics = await Promise.all(metricNames().map((name) => loadMetric(name)));
  const metricVersions = metrics.map(({ name, module }) => [name, context.codeVersion(module)]);
  const cells = config.fitters.map(async ({ name, repeat }): Promise<Cell[]> => {
    const { code, ...decides } = await preparationDecides(config, name, context);
    const prepare = `prepare ${name}`;
    return [
      {
        id: prepare,
        task: 'prepare',
        input: { fitter: name },
        decides: { code: [version('./prepare-cell'), code], ...decides },
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
      // Repeats differ in their weights alone: the time of one is that of all.
      ...(repeat === undefined || repeat.number === 1
        ? [
            {
              id: `time ${name}`,
              task: 'time',
              input: { fitter: name },
              decides: { code: [version('./time-cell'), code], data: allRecipes(config) },
              needs: [prepare],
              alone: true,
            },
          ]
        : []),
    ];
  });
  const bounds = config.data.noise.map(({ sigma, snr }): Cell => ({
    id: `bound snr=${snr}`,
    task: 'bound',
    input: { sigma, snr },
    decides: { code: version('./bound-cell'), data: testRecipe(config, sigma), snr },
    needs: [],
  }));
  return [...(await Promise.all(cells)).flat(), ...bounds];
}
