import { isMainThread } from 'node:worker_threads';
import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import type { Backend } from '../nets/tensorflow/backend.ts';
import { loadCpuBackend } from '../nets/tensorflow/load-cpu.ts';
import { loadNodeBackend } from '../nets/tensorflow/load-node.ts';
import { loadWasmBackend } from '../nets/tensorflow/load-wasm.ts';
import { oneThread } from '../nets/tensorflow/one-thread.ts';

/** What computes images: TensorFlow's C library, its WebAssembly kernels, or plain JavaScript; quickest first. */
export const BACKENDS = ['node', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** The setting `engine` of experiments with images. */
export const backendSetting = z
  .enum(['auto', ...BACKENDS])
  .default('auto')
  .describe(
    'what computes: `node` (TensorFlow’s C library), `wasm`, `cpu`, or `auto` for the quickest there is. The engines agree to rounding, not to the bit.',
  );

/** A backend, and what it is: a line for `run.json`. */
export interface ChosenBackend {
  readonly name: BackendName;
  readonly backend: Backend;
  /** `TensorFlow 2.15.0 through tfjs-node 4.22.0` */
  readonly description: string;
  /** Why it was chosen. */
  readonly reason: string;
}

const loaders: Record<BackendName, () => Promise<{ backend: Backend; description: string }>> = {
  node: loadNodeBackend,
  wasm: loadWasmBackend,
  cpu: loadCpuBackend,
};

/**
 * Loads the backend asked for, or for `auto` the first of `BACKENDS` that loads.
 * @throws InputError where one asked for by name does not load, naming the reason
 */
export async function chooseBackend(wanted: 'auto' | BackendName): Promise<ChosenBackend> {
  if (isMainThread) oneThread();
  const failures: string[] = [];
  for (const name of wanted === 'auto' ? BACKENDS : [wanted]) {
    try {
      const reason = wanted === 'auto' ? failures.join('; ') || 'the quickest engine' : 'asked for by name';
      return { name, ...(await loaders[name]()), reason };
    } catch (error) {
      const [message] = (error instanceof Error ? error.message : String(error)).split('\n');
      failures.push(`engine ${name} does not load (${message})`);
    }
  }
  const remedy = wanted === 'node' ? '; scripts/build-tfjs-node builds its binding' : '';
  throw new InputError(`${failures.join('; ')}${remedy}; allowed: auto, ${BACKENDS.join(', ')}`);
}
