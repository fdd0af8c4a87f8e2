/**
 * Keeps TensorFlow's C library to one thread, as the scheduler expects of a training and so that sums have the same last bits
 * everywhere, and from greeting. The library reads these variables of the process itself, once, when it loads: a worker thread
 * can't set them, so the main thread does before it starts any.
 */
export function oneThread(): void {
  for (const [name, value] of SETTINGS) process.env[name] ??= value;
}

/** How many threads it will use: they decide the last bits of a training. */
export const threadsInUse = (): number => Number(process.env[THREADS] ?? 1);

const THREADS = 'TF_NUM_INTRAOP_THREADS';
const SETTINGS = [
  [THREADS, '1'],
  ['TF_NUM_INTEROP_THREADS', '1'],
  ['TF_CPP_MIN_LOG_LEVEL', '2'],
] as const;
