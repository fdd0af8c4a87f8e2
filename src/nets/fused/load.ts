import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { fusesMultiplyAdd } from './simd-kernel.ts';

/** Where the compiled kernels lie beside the package: seen from `src/`, and from `dist/src/`. */
const PLACES = ['../../../build/kernels/', '../../../../build/kernels/'];

/** The kernels that can be used here. */
export interface Kernels {
  readonly simd: WebAssembly.Module;
  /** The same compiled to fused multiply-adds, where the processor has them. */
  readonly fusing?: WebAssembly.Module;
}

/** The compiled kernels, or why none can be used here. */
export async function loadKernels(): Promise<Kernels | { readonly reason: string }> {
  if (process.env.IVIM_BENCH_NO_SIMD === '1') return { reason: 'IVIM_BENCH_NO_SIMD is set' };
  const bytes = await read('nets.wasm');
  if (!bytes) return { reason: 'the SIMD kernel is not built' };
  try {
    const fusing = await loadFusing();
    return { simd: await WebAssembly.compile(bytes), ...(fusing ? { fusing } : {}) };
  } catch (error) {
    return { reason: `the SIMD kernel does not compile here: ${(error as Error).message}` };
  }
}

/** Node 20 knows relaxed SIMD only when told to; Node 22 and browsers know it by themselves. */
async function loadFusing(): Promise<WebAssembly.Module | undefined> {
  if (process.env.IVIM_BENCH_NO_FMA === '1') return undefined;
  const bytes = await read('nets-relaxed.wasm');
  if (!bytes) return undefined;
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (!WebAssembly.validate(bytes)) return undefined;
  const module = await WebAssembly.compile(bytes);
  return fusesMultiplyAdd(module) ? module : undefined;
}

async function read(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const place of PLACES) {
    const bytes = await readFile(new URL(place + file, import.meta.url)).catch(() => undefined);
    if (bytes) return new Uint8Array(bytes);
  }
  return undefined;
}
