import type { Engine } from '../engine.ts';
import type { TensorFlow } from './backend.ts';
import { tensorFlowEngine } from './engine.ts';

/** What `@tensorflow/tfjs-node` adds. Its own types are not asked for: the package is often absent. */
type TensorFlowNode = TensorFlow & { readonly version: Readonly<Record<string, string>> };

/**
 * TensorFlow's C library through its Node binding.
 *
 * @throws where the binding is not installed or its library does not load
 */
export async function loadNodeEngine(): Promise<Engine> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // TensorFlow greets every start with what processor it found
  const name: string = '@tensorflow/tfjs-node';
  const module = (await import(name)) as TensorFlowNode & { readonly default?: TensorFlowNode };
  const tf = module.default ?? module;
  tf.enableProdMode();
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow could not start its native backend');
  const { 'tfjs-node': binding = 'unknown' } = tf.version;
  return tensorFlowEngine('node', `TensorFlow through tfjs-node ${binding}`, {
    tf,
    backendName: 'tensorflow',
  });
}
