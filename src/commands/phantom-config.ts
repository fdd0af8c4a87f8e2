import type { PhantomConfig } from '../../experiments/phantom/config.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';

/**
 * The config of a study that simulates its voxels as the phantom experiment does.
 * @throws InputError where it does not
 */
export function phantomConfig({ file, experiment, config }: Study): PhantomConfig {
  if (!('data' in config) || !('protocol' in config)) {
    throw new InputError(`${file}: experiment ${experiment} simulates no voxels`);
  }
  return config as PhantomConfig;
}
