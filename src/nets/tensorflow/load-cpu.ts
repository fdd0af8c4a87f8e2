import type { Engine } from '../engine.ts';
import { tensorFlowEngine } from './engine.ts';

/** TensorFlow.js in plain JavaScript. It loads everywhere. */
export async function loadCpuEngine(): Promise<Engine> {
  const tf = await import('@tensorflow/tfjs');
  tf.enableProdMode(); // no banner, no check of every number
  await tf.setBackend('cpu');
  return tensorFlowEngine('cpu', `TensorFlow.js ${tf.version_core} in JavaScript`, {
    tf,
    backendName: 'cpu',
  });
}
