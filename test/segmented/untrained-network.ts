import { openLearner } from '../../src/learning/open-learner.ts';
import { plannedEngine } from '../../src/learning/planned-engine.ts';
import { loadModel } from '../../src/plugins/discover.ts';
import { decodeNetwork, encodeNetwork, type NetworkRecord } from '../../src/segmented/saved-network.ts';
import { SEGMENTATION_LOSSES } from '../../src/segmented/segmentation-losses.ts';

const made = new Map<number, Promise<{ record: NetworkRecord; files: Map<string, Uint8Array> }>>();

/**
 * A small network of two regions at b = 0 and 500 s/mm², as it is before any training.
 * @param averaging share of the past in the average of its weights, which at first is the weights
 */
export function untrainedNetwork(
  averaging = 0,
): Promise<{ record: NetworkRecord; files: Map<string, Uint8Array> }> {
  const network = made.get(averaging) ?? make(averaging);
  made.set(averaging, network);
  return network;
}

async function make(averaging: number) {
  const settings = { channels: [2, 2], activation: 'leaky-relu', residual: false };
  const model = { name: 'unet', use: 'unet', module: (await loadModel('unet')).module.href, settings };
  const shape = [8, 8, 6];
  const { learner } = await openLearner({
    ...{ model, shape, engine: plannedEngine('auto') },
    ...{ outputs: [8, 8, 3], loss: SEGMENTATION_LOSSES.both, seed: 3, weightDecay: 0, averaging },
  });
  const files = encodeNetwork(
    {
      ...{ model, regions: ['liver', 'spleen'], inputs: { bValues: [0, 500], neighbours: 1 } },
      ...{ volumes: false, shape, epochs: 3, kept: 2, seed: 3 },
      ...(averaging > 0 ? { averaging } : {}),
      trainedOn: {
        ...{ people: 'virtual', training: 7, validation: 2, labels: 'readers' },
        ...{ field: '3T', TE: 60, TR: 2500, snr: 30, voxel: [4, 4, 6] },
      },
    },
    learner.save(),
  );
  learner.dispose();
  return { record: decodeNetwork(files, 'an untrained network'), files };
}
