import type { Engine } from '../engine.ts';
import { javaScriptEngine, simdEngine } from './kernel-engines.ts';
import { loadKernels } from './load.ts';

/** Forward pass, backward pass and Adam fused over flat typed arrays: SIMD where it can be had, else JavaScript. */
export async function loadFusedEngine(): Promise<Engine> {
  const kernels = await loadKernels();
  return 'reason' in kernels ? javaScriptEngine(kernels.reason) : simdEngine(kernels.simd, kernels.fusing);
}
