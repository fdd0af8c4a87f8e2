import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Kernels from '@tensorflow/tfjs-backend-wasm';
import type { Engine } from '../engine.ts';
import type { LoadedBackend, TensorFlow } from './backend.ts';
import { tensorFlowEngine } from './engine.ts';

let starting: Promise<boolean> | undefined;

/**
 * TensorFlow.js with its WebAssembly kernels, which are started once: of two starts at a time TensorFlow.js gives up the first.
 *
 * @throws where the machine has no WebAssembly or the kernels are not installed
 */
export async function loadWasmBackend(): Promise<LoadedBackend> {
  // By `require`: `import` would search all of their code for names first, which takes 0.3 s.
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof Kernels;
  wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  tf.enableProdMode(); // no banner, no check of every number
  starting ??= withoutItsListeners(() => tf.setBackend('wasm'));
  if (!(await starting)) throw new Error('TensorFlow.js could not start its WASM backend');
  return {
    backend: { tf, backendName: 'wasm' },
    description: `TensorFlow.js ${tf.version_core} with its WASM kernels`,
  };
}

/** The same as an engine of dense networks. */
export async function loadWasmEngine(): Promise<Engine> {
  const { backend, description } = await loadWasmBackend();
  return tensorFlowEngine('wasm', description, backend);
}

/**
 * The loader of the kernels registers itself as the process's handler of uncaught errors, which prints the loader's source
 * instead of the error. This removes it.
 */
async function withoutItsListeners<T>(start: () => Promise<T>): Promise<T> {
  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  const result = await start();
  for (const listener of process.listeners('uncaughtException')) {
    if (!exceptions.includes(listener)) process.off('uncaughtException', listener);
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (!rejections.includes(listener)) process.off('unhandledRejection', listener);
  }
  return result;
}
