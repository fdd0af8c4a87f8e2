import { createRequire } from 'node:module';
import type { Engine } from '../engine.ts';
import type { LoadedBackend, TensorFlow } from './backend.ts';
import { tensorFlowEngine } from './engine.ts';

/** TensorFlow.js in plain JavaScript. It loads everywhere. */
export async function loadCpuBackend(): Promise<LoadedBackend> {
  // By `require`: `import` would search all of its code for names first, which takes 0.3 s.
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  tf.enableProdMode(); // no banner, no check of every number
  await tf.setBackend('cpu');
  return {
    backend: { tf, backendName: 'cpu' },
    description: `TensorFlow.js ${tf.version_core} in JavaScript`,
  };
}

/** The same as an engine of dense networks. */
export async function loadCpuEngine(): Promise<Engine> {
  const { backend, description } = await loadCpuBackend();
  return tensorFlowEngine('cpu', description, backend);
}
