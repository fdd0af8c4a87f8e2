import { enableRelaxedSimd, readKernel, withoutFma, withoutSimd } from '../../files/read-kernel.ts';
import type { Engine } from '../engine.ts';
import { javaScriptEngine, simdEngine } from './engines.ts';
import { fusesMultiplyAdd } from './simd-kernel.ts';

/** The kernels available on this machine. */
interface Kernels {
  readonly simd: WebAssembly.Module;
  /** The same kernel compiled to fused multiply-adds, if the processor has them. */
  readonly fusing?: WebAssembly.Module;
}

/** Returns the compiled kernels, or why none is available. */
export async function loadKernels(): Promise<Kernels | { readonly reason: string }> {
  if (withoutSimd()) return { reason: 'IVIM_BENCH_NO_SIMD is set' };
  const bytes = readKernel('nets');
  if (!bytes) return { reason: 'the SIMD kernel is not built' };
  try {
    const fusing = await loadFusing();
    return { simd: await WebAssembly.compile(bytes), ...(fusing ? { fusing } : {}) };
  } catch (error) {
    return { reason: `the SIMD kernel does not compile here: ${(error as Error).message}` };
  }
}

async function loadFusing(): Promise<WebAssembly.Module | undefined> {
  if (withoutFma()) return undefined;
  const bytes = readKernel('nets-relaxed');
  if (!bytes) return undefined;
  if (!WebAssembly.validate(bytes)) enableRelaxedSimd();
  if (!WebAssembly.validate(bytes)) return undefined;
  const module = await WebAssembly.compile(bytes);
  return fusesMultiplyAdd(module) ? module : undefined;
}

/** Forward pass, backward pass and Adam fused over flat typed arrays: with SIMD if available, otherwise in JavaScript. */
export async function loadFusedEngine(): Promise<Engine> {
  const kernels = await loadKernels();
  return 'reason' in kernels ? javaScriptEngine(kernels.reason) : simdEngine(kernels.simd, kernels.fusing);
}
