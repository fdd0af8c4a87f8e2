import type { SimulatedConfig } from '../../experiments/simulated/config.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';

/** Whether a study simulates its voxels as the phantom experiment does: tissue drawn anew for every voxel. */
export function isPhantom(config: Study['config']): config is SimulatedConfig {
  return 'protocol' in config && 'data' in config && 'tissue' in (config as SimulatedConfig).data;
}

/**
 * The config of a study that simulates its voxels as the phantom experiment does.
 * @throws InputError where it does not
 */
export function phantomConfig({ file, experiment, config }: Study): SimulatedConfig {
  if (isPhantom(config)) return config;
  throw new InputError(`${file}: experiment ${experiment} simulates no voxels of a phantom`);
}
