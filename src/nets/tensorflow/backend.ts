import type { Tensor, TensorFlow } from '../../contracts/learner.ts';

export type { Tensor, TensorFlow };

/** TensorFlow.js with the one of its backends that is to compute. */
export interface Backend {
  readonly tf: TensorFlow;
  /** What TensorFlow calls the backend: `tensorflow`, `wasm`, `cpu`. */
  readonly backendName: string;
}

/** A started backend, with its name and version for people. */
export interface LoadedBackend {
  readonly backend: Backend;
  readonly description: string;
}

/**
 * Runs `work` on a backend and frees every tensor it made. TensorFlow has one current backend for the whole
 * process, so it is chosen at every call: two engines can then be used in turns. Switching to a backend that has
 * been started happens at once, whatever the promise says.
 */
export function on<T>({ tf, backendName }: Backend, work: () => T): T {
  if (tf.getBackend() !== backendName) void tf.setBackend(backendName);
  const engine = tf.engine();
  engine.startScope('ivim-bench');
  try {
    return work();
  } finally {
    engine.endScope();
  }
}
