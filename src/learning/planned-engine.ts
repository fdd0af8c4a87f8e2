import { InputError } from '../contracts/input-error.ts';
import type { BackendName } from './backends.ts';
import { installedTensorFlow, installedVersion } from '../nets/tensorflow/installed.ts';
import { threadsInUse } from '../nets/tensorflow/one-thread.ts';

/** What a training computes with, as part of its input. */
export interface PlannedEngine {
  readonly name: BackendName;
  readonly version: string;
  readonly threads: number;
}

const PACKAGES: Record<BackendName, string> = {
  node: '@tensorflow/tfjs-node',
  wasm: '@tensorflow/tfjs-backend-wasm',
  cpu: '@tensorflow/tfjs',
};

/**
 * What will compute, by what is installed; nothing is loaded. It is part of a training's input, since engines, their versions and
 * their numbers of threads give other last bits. Where the engine asked for is missing, the training says so.
 * @throws InputError where no TensorFlow is installed
 */
export function plannedEngine(wanted: 'auto' | BackendName): PlannedEngine {
  const installed = installedTensorFlow();
  if (installed === 'none')
    throw new InputError('networks on images need TensorFlow.js, which is not installed');
  const name = wanted === 'auto' ? installed : wanted;
  return { name, version: installedVersion(PACKAGES[name]), threads: threadsInUse() };
}
