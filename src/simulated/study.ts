import { join } from 'node:path';
import type {
  Experiment,
  Json,
  SimulationRequest,
  TestVoxels,
  TrainableNetwork,
} from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { writeVoxels } from '../data/write-voxels.ts';
import { fileNamesOf } from '../files/plain-name.ts';
import { fitterOf } from '../preparation/fitter-in-use.ts';
import { trains } from '../preparation/learning.ts';
import type { SimulatedConfig } from './config.ts';
import { noiseFactors, noiseName } from './noise-name.ts';
import { planPreparation, prepareSimulated, preparationSeed } from './preparation.ts';
import {
  testDataOf,
  testSettings,
  testVoxels,
  trainingDataOf,
  trainingSettings,
  trainingVoxels,
} from './voxels.ts';

/**
 * Returns what an experiment on simulated voxels offers to `simulate`, `train` and `compare`.
 * @param byProtocol the config of each protocol, by name; under '' if there is only one, which then is no factor
 */
export function simulatedStudy<C>(
  byProtocol: (config: C) => ReadonlyMap<string, SimulatedConfig>,
): Required<Pick<Experiment<C>, 'simulate' | 'testVoxels' | 'networks'>> {
  return {
    async simulate(config, request) {
      const files: string[] = [];
      for (const [protocol, own] of byProtocol(config)) {
        files.push(
          ...(await writeSets(own, {
            ...request,
            out: join(request.out, ...fileNamesOf(protocol)),
          })),
        );
      }
      return files;
    },
    testVoxels: (config) => [...byProtocol(config)].flatMap(([protocol, own]) => testSets(own, protocol)),
    networks: (config) => networksOf([...byProtocol(config)]),
  };
}

/** Writes the test voxels of every noise level to a folder of their own, and the training voxels if requested. */
async function writeSets(
  config: SimulatedConfig,
  { file, title, out, format = 'csv', training: wanted }: SimulationRequest,
): Promise<readonly string[]> {
  const { protocol } = config;
  const data = testDataOf(config);
  const sets = data.noise.map((noise) => ({
    name: noiseName(noise),
    settings: testSettings(protocol, data, noise.sigma),
    voxels: () => testVoxels(protocol, data, noise.sigma),
  }));
  if (wanted) {
    const training = trainingDataOf(config);
    if (!training) {
      throw new InputError(`${file}: training: missing; --training writes the voxels it describes`);
    }
    sets.push({
      name: 'training',
      settings: trainingSettings(protocol, training),
      voxels: () => trainingVoxels(protocol, training),
    });
  }
  const files: string[] = [];
  for (const { name, settings, voxels } of sets) {
    const about = { study: title, protocol: protocol.name, ...settings } as unknown as Record<string, Json>;
    files.push(...(await writeVoxels(join(out, name), format, voxels(), about)));
  }
  return files;
}

function testSets({ protocol, ...config }: SimulatedConfig, name: string): TestVoxels[] {
  const data = testDataOf(config);
  return data.noise.map((noise) => ({
    factors: { ...(name === '' ? {} : { protocol: name }), ...noiseFactors(noise) },
    recipe: testSettings(protocol, data, noise.sigma) as unknown as Json,
    simulate: () => testVoxels(protocol, data, noise.sigma),
  }));
}

/** Lists the networks of a study; one that serves any b-values is trained for the first protocol only. */
async function networksOf(
  configs: readonly (readonly [string, SimulatedConfig])[],
): Promise<TrainableNetwork[]> {
  const networks: TrainableNetwork[] = [];
  const [[, first]] = configs;
  for (const entry of first.fitters) {
    const fitter = await fitterOf(entry);
    if (!trains(fitter)) continue;
    for (const [protocol, config] of fitter.forAnyProtocol ? [['', first] as const] : configs) {
      networks.push({
        entry,
        protocol,
        seed: preparationSeed(config, entry.name),
        async train(onProgress) {
          const preparation = await planPreparation(config, entry, { ignoreShipped: true });
          return prepareSimulated(preparation, { onProgress });
        },
      });
    }
  }
  return networks;
}
