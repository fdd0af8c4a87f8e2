import { cellOf, type Cell } from '../../src/contracts/cell.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { planPreparation, preparationSeed } from '../../src/simulated/preparation.ts';
import { testDataOf, trainingDataOf } from '../../src/simulated/voxels.ts';
import { carry, train, use, type UsedOn } from './cells.ts';
import { underCondition, type TransferConfig } from './config.ts';

/**
 * Plans the training of every network under every condition, and its use under every other condition, unchanged and after
 * further training on a few voxels; also the fits of fitters that need no training.
 */
export async function planTransfer(config: TransferConfig): Promise<Cell[]> {
  const conditions = config.conditions.map(({ name }) => ({ name, own: underCondition(config, name) }));
  const statistics = { ...config.statistics, seed: deriveSeed(config.seed, 'bootstrap') };
  const networks: FitterEntry[] = [];
  const others: FitterEntry[] = [];
  for (const entry of config.fitters) {
    const { trains } = await fitterOf(entry);
    (trains === 'on given voxels' ? networks : others).push(entry);
  }
  const trainId = ({ name }: FitterEntry, on: string) => `train ${name} on ${on}`;
  const usedOn = async (entry: FitterEntry, { name, own }: (typeof conditions)[number]): Promise<UsedOn> => ({
    on: name,
    preparation: await planPreparation(own, entry),
    protocol: { bValues: own.protocol.bValues },
    data: testDataOf(own),
    parameters: (await fitterOf(entry)).estimates ?? PARAMETERS,
    statistics,
  });

  const cells: Cell[] = [];
  for (const network of networks) {
    for (const condition of conditions) {
      const seed = preparationSeed(config, network.name);
      const others = Array.from({ length: config.bestOf - 1 }, (_, i) => deriveSeed(seed, 'training', i + 1));
      cells.push(
        cellOf(train, {
          id: trainId(network, condition.name),
          input: { ...(await usedOn(network, condition)), seeds: [seed, ...others] },
        }),
      );
    }
    for (const from of conditions) {
      for (const on of conditions.filter((condition) => condition !== from)) {
        for (const voxels of [0, ...config.tuning]) {
          const trained = { on: from.name, preparation: await planPreparation(from.own, network) };
          const training = { ...trainingDataOf(on.own)!, first: voxels };
          cells.push(
            cellOf(carry, {
              id: `carry ${network.name} from ${from.name} to ${on.name}, ${voxels} voxels`,
              input: { ...(await usedOn(network, on)), from: trained, ...(voxels > 0 ? { training } : {}) },
              needs: { from: trainId(network, from.name), own: trainId(network, on.name) },
            }),
          );
        }
      }
    }
  }
  for (const entry of others) {
    for (const condition of conditions) {
      cells.push(
        cellOf(use, {
          id: `use ${entry.name} on ${condition.name}`,
          input: {
            ...(await usedOn(entry, condition)),
            network: await planPreparation(condition.own, networks[0]),
          },
          needs: { own: trainId(networks[0], condition.name) },
        }),
      );
    }
  }
  return cells;
}
