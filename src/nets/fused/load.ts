import { readFile } from 'node:fs/promises';

/** Where the compiled kernel lies beside the package: seen from `src/`, and from `dist/src/`. */
const PLACES = ['../../../build/kernels/nets.wasm', '../../../../build/kernels/nets.wasm'];

/** The compiled kernel, or why it can't be used here. */
export async function loadKernel(): Promise<WebAssembly.Module | { readonly reason: string }> {
  if (process.env.IVIM_BENCH_NO_SIMD === '1') return { reason: 'IVIM_BENCH_NO_SIMD is set' };
  for (const place of PLACES) {
    const bytes = await readFile(new URL(place, import.meta.url)).catch(() => undefined);
    if (!bytes) continue;
    try {
      return await WebAssembly.compile(bytes);
    } catch (error) {
      return { reason: `the SIMD kernel does not compile here: ${(error as Error).message}` };
    }
  }
  return { reason: 'the SIMD kernel is not built' };
}
