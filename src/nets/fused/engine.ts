import type { Engine } from '../engine.ts';
import { javaScriptEngine, simdEngine } from './kernel-engines.ts';
import { loadKernel } from './load.ts';

/** Forward pass, backward pass and Adam fused over flat typed arrays: SIMD where it can be had, else JavaScript. */
export async function loadFusedEngine(): Promise<Engine> {
  const kernel = await loadKernel();
  return kernel instanceof WebAssembly.Module ? simdEngine(kernel) : javaScriptEngine(kernel.reason);
}
