import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import type { BackendName } from '../learning/backends.ts';
import { installedTensorFlow } from '../nets/tensorflow/installed.ts';
import type { TrainingInput } from './train-cell.ts';

const PACKAGES: Record<BackendName, string> = {
  node: '@tensorflow/tfjs-node',
  wasm: '@tensorflow/tfjs-backend-wasm',
  cpu: '@tensorflow/tfjs',
};

/**
 * What will compute, by what is installed; nothing is loaded. It is part of a training's input, since engines, their versions and
 * their numbers of threads give other last bits.
 * @throws InputError where no TensorFlow is installed
 */
export function plannedEngine(wanted: 'auto' | BackendName): TrainingInput['engine'] {
  const installed = installedTensorFlow();
  if (installed === 'none')
    throw new InputError('networks on images need TensorFlow.js, which is not installed');
  const name = wanted === 'auto' ? installed : wanted;
  return {
    name,
    version: versionOf(PACKAGES[name]),
    threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 1),
  };
}

/** `missing` where a package is not there: the training then says so. */
function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json'));
  folder = join(folder, '../..', name);
  const file = join(folder, 'package.json');
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
    : 'missing';
}
