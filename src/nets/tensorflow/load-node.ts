import { createRequire } from 'node:module';
import util from 'node:util';
import type { Engine } from '../engine.ts';
import type { LoadedBackend, TensorFlow } from './backend.ts';
import { tensorFlowEngine } from './engine.ts';

/** Additions of `@tensorflow/tfjs-node`. Its own types are not imported, since the package is often absent. */
type TensorFlowNode = TensorFlow & { readonly version: Readonly<Record<string, string>> };

/**
 * TensorFlow's C library through its Node binding.
 *
 * @throws where the binding is not installed or its library does not load
 */
export async function loadNodeBackend(): Promise<LoadedBackend> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // TensorFlow greets every start with what processor it found
  restoreRemovedFunctions();
  // By `require`: `import` would search all of its code for names first, which takes 0.3 s.
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as TensorFlowNode;
  tf.enableProdMode();
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow could not start its native backend');
  const { binding } = tf.backend() as unknown as { readonly binding: { readonly TF_Version: string } };
  const description = `TensorFlow ${binding.TF_Version} through tfjs-node ${tf.version['tfjs-node']}`;
  return { backend: { tf, backendName: 'tensorflow' }, description };
}

/** The same as an engine of dense networks. */
export async function loadNodeEngine(): Promise<Engine> {
  const { backend, description } = await loadNodeBackend();
  return tensorFlowEngine('node', description, backend);
}

/** Node 23 removed functions of `util` that tfjs-node 4.22 calls: https://github.com/tensorflow/tfjs/issues/8609. */
function restoreRemovedFunctions(): void {
  const functions = util as unknown as Record<string, unknown>;
  functions['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  functions['isArray'] ??= (value: unknown) => Array.isArray(value);
}
