import type { Tensor, TensorFlow } from '../../contracts/learner.ts';

export type { Tensor, TensorFlow };

/** TensorFlow.js with the backend to use. */
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
 * Runs `work` on a backend and frees every tensor it created. TensorFlow has one current backend per process, so it is selected
 * at every call, which allows two engines to be used alternately. Switching to a started backend is immediate, although it
 * returns a promise.
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
