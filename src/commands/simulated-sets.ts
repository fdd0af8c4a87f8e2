import type { PhantomData } from '../config/sections/phantom-data.ts';
import type { Protocol } from '../config/sections/protocol.ts';
import { seedsOf } from '../config/sections/seed.ts';
import type { Training } from '../config/sections/training.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import type { PhantomSettings } from '../data/phantom.ts';

/** What a study that simulates its voxels says about them. */
export interface SimulatedStudy {
  readonly seed: number;
  readonly protocol: Protocol;
  readonly data: PhantomData;
  readonly training?: Training;
}

/** @throws InputError where the study's experiment has no simulated voxels */
export function simulatedStudy({ file, experiment, config }: Study): SimulatedStudy {
  const { data, protocol } = config as Partial<SimulatedStudy>;
  if (!data || !protocol) throw new InputError(`${file}: experiment ${experiment} simulates no voxels`);
  return config as SimulatedStudy;
}

/** The test voxels of a study: one set per noise level, with a name for its folder. */
export function testSets({
  seed,
  protocol,
  data,
}: SimulatedStudy): [name: string, settings: PhantomSettings][] {
  const { S0, tissue, voxels } = data;
  const bValues = Float64Array.from(protocol.bValues);
  const seeds = seedsOf('data', data.seeds, seed);
  return data.noise.map(({ sigma, snr }) => [
    `snr-${Number(snr.toPrecision(6))}`,
    { bValues, voxels, S0, tissue, sigma: { constant: sigma }, seeds },
  ]);
}

/**
 * The voxels that a study trains its networks on.
 * @throws InputError where the study has none
 */
export function trainingSet(
  { seed, protocol, data, training }: SimulatedStudy,
  file: string,
): PhantomSettings {
  if (!training)
    throw new InputError(`${file}: training: missing; allowed: a mapping that describes its voxels`);
  return {
    bValues: Float64Array.from(protocol.bValues),
    S0: data.S0,
    voxels: training.voxels,
    tissue: training.tissue ?? data.tissue,
    sigma: training.noise.sigma,
    seeds: seedsOf('training', training.seeds, seed),
  };
}
