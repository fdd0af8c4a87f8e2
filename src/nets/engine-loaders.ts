import type { Engine, EngineName } from './engine.ts';

/** How each engine is loaded: on demand, because TensorFlow takes most of a second. */
export type EngineLoaders = Readonly<Record<EngineName, () => Promise<Engine>>>;

export const engineLoaders: EngineLoaders = {
  fused: once(async () => (await import('./fused/load.ts')).loadFusedEngine()),
  node: once(async () => (await import('./tensorflow/load-node.ts')).loadNodeEngine()),
  wasm: once(async () => (await import('./tensorflow/load-wasm.ts')).loadWasmEngine()),
  cpu: once(async () => (await import('./tensorflow/load-cpu.ts')).loadCpuEngine()),
};

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
