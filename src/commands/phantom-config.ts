import { byProtocol, type PhantomConfig } from '../../experiments/phantom/config.ts';
import type { SimulatedConfig } from '../../experiments/simulated/config.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';

/** Whether a study simulates its voxels as the phantom experiment does: tissue drawn anew for every voxel. */
export function isPhantom(config: Study['config']): config is PhantomConfig {
  const simulates = 'data' in config && 'tissue' in (config as PhantomConfig).data;
  return simulates && ('protocol' in config || 'protocols' in config);
}

/**
 * What a study that simulates its voxels as the phantom experiment does is for each of its protocols, by their names; by '' where
 * there is one.
 * @throws InputError where it does not
 */
export function phantomConfigs({ file, experiment, config }: Study): ReadonlyMap<string, SimulatedConfig> {
  if (isPhantom(config)) return byProtocol(config);
  throw new InputError(`${file}: experiment ${experiment} simulates no voxels of a phantom`);
}
