import type { Cell, PlanContext } from '../../src/contracts/experiment.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { moduleExtension } from '../../src/plugins/places.ts';
import { fitterCalled } from '../simulated/fitter-in-use.ts';
import { preparationDecides } from '../simulated/preparation-decides.ts';
import { allRecipes, trainingRecipe } from '../simulated/voxel-sets.ts';
import { underCondition, type TransferConfig } from './config.ts';

/** Id of the cell that trains a network under a condition. */
export const trainId = (fitter: string, on: string): string => `train ${fitter} on ${on}`;

/** Names of the fitters that are carried from condition to condition, and of those that are the same under all. */
export async function roles(config: TransferConfig): Promise<{ networks: string[]; others: string[] }> {
  const networks: string[] = [];
  const others: string[] = [];
  for (const { name } of config.fitters) {
    const { entry, fitter } = await fitterCalled(name, config);
    (needsOf(fitter, entry.settings).includes('training') ? networks : others).push(name);
  }
  return { networks, others };
}

/**
 * Every network is trained under every condition. Each of these is used under every other condition, as it is and
 * trained further on a few voxels; and what needs no training is used beside them.
 */
export async function planTransfer(config: TransferConfig, context: PlanContext): Promise<Cell[]> {
  const version = (file: string) => context.codeVersion(new URL(file + moduleExtension, import.meta.url));
  const names = config.conditions.map(({ name }) => name);
  const { networks, others } = await roles(config);
  const under = (name: string) => underCondition(config, name);
  /** What the errors of a fit are, whatever it was prepared with. */
  const tested = (on: string) => ({
    data: allRecipes(under(on)),
    statistics: config.statistics,
    seed: config.seed,
  });
  const cells: Cell[] = [];
  for (const fitter of networks) {
    for (const on of names) {
      cells.push({
        id: trainId(fitter, on),
        task: 'train',
        input: { fitter, on },
        decides: {
          code: version('./train-cell'),
          preparation: await preparationDecides(under(on), fitter, context),
          bestOf: config.bestOf,
          ...tested(on),
        },
        needs: [],
      });
    }
    for (const from of names) {
      for (const on of names.filter((name) => name !== from)) {
        for (const voxels of [0, ...config.tuning]) {
          cells.push({
            id: `carry ${fitter} from ${from} to ${on}, ${voxels} voxels`,
            task: 'carry',
            input: { fitter, from, on, voxels },
            decides: {
              code: version('./carry-cell'),
              tuning: voxels > 0 ? { voxels, of: trainingRecipe(under(on)) } : null,
              ...tested(on),
            },
            needs: [trainId(fitter, from), trainId(fitter, on)],
          });
        }
      }
    }
  }
  for (const fitter of others) {
    for (const on of names) {
      cells.push({
        id: `use ${fitter} on ${on}`,
        task: 'beside',
        input: { fitter, on, network: networks[0] },
        decides: {
          code: version('./beside-cell'),
          preparation: await preparationDecides(under(on), fitter, context),
          ...tested(on),
        },
        needs: [trainId(networks[0], on)],
      });
    }
  }
  return cells;
}
