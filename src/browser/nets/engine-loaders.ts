import type { EngineLoaders } from '../../nets/engine-loaders.ts';
import { loadFusedEngine } from '../../nets/fused/load.ts';

const absent = () => Promise.reject(new Error('TensorFlow.js is not part of the page'));

export const engineLoaders: EngineLoaders = {
  fused: loadFusedEngine,
  node: absent,
  wasm: absent,
  cpu: absent,
};
